using System.Numerics;

namespace Credence.Numerics;

/// <summary>Operations of solvers on long vectors of floats or doubles, on several threads.</summary>
/// <remarks>
/// Vectors are cut into pieces of 4,096 elements. A dot product sums each piece as <see cref="Vectors.Dot"/> does, then the pieces' sums
/// in order and in double: the bits depend neither on the processor nor on the threads. NaN propagates.
/// </remarks>
internal static class LongVectors
{
    private const int Piece = 1 << 12;
    private const int PiecesAtOnce = 8;

    /// <summary>xᵀy.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The first factors.</param>
    /// <param name="y">The second factors, at least as many.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static double Dot<T>(T[] x, T[] y, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] dots = new double[1];
        Dots(x, [y], 1, dots, maxThreads);
        return dots[0];
    }

    /// <summary>dots_j = xᵀ·others_j, reading x once.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The common factor.</param>
    /// <param name="others">The other vectors, each at least as long; those beyond <paramref name="count"/> may be null.</param>
    /// <param name="count">The number of other vectors.</param>
    /// <param name="dots">The dot products, at least <paramref name="count"/>.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">An array is too short.</exception>
    public static void Dots<T>(T[] x, T[]?[] others, int count, double[] dots, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape.AtLeast(others.Length, count, nameof(others));
        Shape.AtLeast(dots.Length, count, nameof(dots));
        for (int j = 0; j < count; j++)
            Shape.AtLeast(others[j]?.Length ?? 0, x.Length, nameof(others));
        int pieces = (x.Length + Piece - 1) / Piece;
        var sums = new double[pieces * count];
        ForPieces(x.Length, maxThreads, (piece, from, length) =>
        {
            for (int j = 0; j < count; j++)
                sums[piece * count + j] = Vectors.Dot<T>(x.AsSpan(from, length), others[j].AsSpan(from, length));
        });
        for (int j = 0; j < count; j++)
        {
            double total = 0;
            for (int piece = 0; piece < pieces; piece++)
                total += sums[piece * count + j];
            dots[j] = total;
        }
    }

    /// <summary>target = Σ_j factors_j · terms_j, added in order.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="factors">The factors; a term with factor 0 is not read.</param>
    /// <param name="terms">The terms, each at least as long as <paramref name="target"/> where its factor is not 0.</param>
    /// <param name="count">The number of terms.</param>
    /// <param name="target">The sum; may be one of the terms.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">An array is too short.</exception>
    public static void Combine<T>(double[] factors, T[]?[] terms, int count, T[] target, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape.AtLeast(factors.Length, count, nameof(factors));
        Shape.AtLeast(terms.Length, count, nameof(terms));
        for (int j = 0; j < count; j++)
        {
            if (factors[j] != 0)
                Shape.AtLeast(terms[j]?.Length ?? 0, target.Length, nameof(terms));
        }

        ForPieces(target.Length, maxThreads, (_, from, length) =>
        {
            Span<T> sum = stackalloc T[Piece];
            sum = sum[..length];
            sum.Clear();
            for (int j = 0; j < count; j++)
            {
                if (factors[j] != 0)
                    Vectors.AddScaled(T.CreateTruncating(factors[j]), terms[j].AsSpan(from, length), sum);
            }

            sum.CopyTo(target.AsSpan(from));
        });
    }

    /// <summary>target = x + factor·y.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The first terms, at least as long as <paramref name="target"/>.</param>
    /// <param name="factor">The factor, rounded to <typeparamref name="T"/>.</param>
    /// <param name="y">The second terms, at least as long.</param>
    /// <param name="target">The sum; may be one of the terms.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A term is shorter than <paramref name="target"/>.</exception>
    public static void Add<T>(T[] x, double factor, T[] y, T[] target, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape.AtLeast(x.Length, target.Length, nameof(x));
        Shape.AtLeast(y.Length, target.Length, nameof(y));
        ForPieces(target.Length, maxThreads, (_, from, length) =>
            Vectors.Add(x.AsSpan(from, length), T.CreateTruncating(factor), y.AsSpan(from, length), target.AsSpan(from, length)));
    }

    /// <summary>Converts numbers to another precision.</summary>
    /// <typeparam name="TFrom">float or double.</typeparam>
    /// <typeparam name="TTo">double or float.</typeparam>
    /// <param name="from">The numbers.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    public static TTo[] Convert<TFrom, TTo>(TFrom[] from, int maxThreads)
        where TFrom : unmanaged, IBinaryFloatingPointIeee754<TFrom>
        where TTo : unmanaged, IBinaryFloatingPointIeee754<TTo>
    {
        var to = new TTo[from.Length];
        ForPieces(from.Length, maxThreads, (_, start, length) =>
        {
            for (int i = start; i < start + length; i++)
                to[i] = TTo.CreateTruncating(from[i]);
        });
        return to;
    }

    private static void ForPieces(int length, int maxThreads, Action<int, int, int> body)
    {
        int pieces = (length + Piece - 1) / Piece;
        Chunks.For((pieces + PiecesAtOnce - 1) / PiecesAtOnce, maxThreads, group =>
        {
            for (int piece = group * PiecesAtOnce; piece < Math.Min(pieces, (group + 1) * PiecesAtOnce); piece++)
                body(piece, piece * Piece, Math.Min(Piece, length - piece * Piece));
        });
    }
}
