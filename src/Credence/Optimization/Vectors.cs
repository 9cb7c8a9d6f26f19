using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Credence.Numerics;

namespace Credence.Optimization;

/// <summary>
/// What solvers do with long vectors of floats or doubles. Sums run in the lanes of <see cref="Vector256{T}"/> over pieces of a fixed length, whose
/// sums are added in order and in double: the bits depend neither on the CPU nor on the threads.
/// </summary>
internal static class Vectors
{
    private const int Piece = 1 << 12;
    private const int PiecesAtOnce = 8;

    /// <summary>a·b + c with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd<T>(Vector256<T> a, Vector256<T> b, Vector256<T> c) => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
        : Vector256.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();

    /// <summary>aᵀb.</summary>
    public static double Dot<T>(T[] a, T[] b, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] dots = new double[1];
        Dots(a, [b], 1, dots, threads);
        return dots[0];
    }

    /// <summary>dots_j = aᵀ·others_j, reading a once.</summary>
    public static void Dots<T>(T[] a, T[]?[] others, int count, double[] dots, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int pieces = (a.Length + Piece - 1) / Piece;
        var sums = new double[pieces * count];
        ForPieces(a.Length, threads, (piece, from, length) =>
        {
            for (int j = 0; j < count; j++)
                sums[piece * count + j] = Dot<T>(a.AsSpan(from, length), others[j].AsSpan(from, length));
        });
        for (int j = 0; j < count; j++)
        {
            double total = 0;
            for (int piece = 0; piece < pieces; piece++)
                total += sums[piece * count + j];
            dots[j] = total;
        }
    }

    /// <summary>target = Σ_j factors_j · terms_j; a factor of 0 leaves its term unread. The target may be one of the terms.</summary>
    public static void Combine<T>(double[] factors, T[]?[] terms, int count, T[] target, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ForPieces(target.Length, threads, (_, from, length) =>
        {
            Span<T> sum = stackalloc T[Piece];
            sum = sum[..length];
            sum.Clear();
            for (int j = 0; j < count; j++)
            {
                if (factors[j] != 0)
                    AddScaled(T.CreateTruncating(factors[j]), terms[j].AsSpan(from, length), sum);
            }

            sum.CopyTo(target.AsSpan(from));
        });

    /// <summary>target = x + s·y.</summary>
    public static void Sum<T>(T[] x, double s, T[] y, T[] target, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ForPieces(target.Length, threads, (_, from, length) =>
        {
            T factor = T.CreateTruncating(s);
            Span<Vector256<T>> sums = MemoryMarshal.Cast<T, Vector256<T>>(target.AsSpan(from, length));
            ReadOnlySpan<Vector256<T>> a = MemoryMarshal.Cast<T, Vector256<T>>(x.AsSpan(from, length)), b = MemoryMarshal.Cast<T, Vector256<T>>(y.AsSpan(from, length));
            Vector256<T> factors = Vector256.Create(factor);
            for (int i = 0; i < sums.Length; i++)
                sums[i] = MultiplyAdd(factors, b[i], a[i]);
            for (int i = from + sums.Length * Vector256<T>.Count; i < from + length; i++)
                target[i] = T.FusedMultiplyAdd(factor, y[i], x[i]);
        });

    /// <summary>The same numbers in another precision.</summary>
    public static TTo[] Convert<TFrom, TTo>(TFrom[] from, int threads)
        where TFrom : unmanaged, IBinaryFloatingPointIeee754<TFrom>
        where TTo : unmanaged, IBinaryFloatingPointIeee754<TTo>
    {
        var to = new TTo[from.Length];
        ForPieces(from.Length, threads, (_, start, length) =>
        {
            for (int i = start; i < start + length; i++)
                to[i] = TTo.CreateTruncating(from[i]);
        });
        return to;
    }

    /// <summary>y += s·x.</summary>
    public static void AddScaled<T>(T s, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector256<T>> sums = MemoryMarshal.Cast<T, Vector256<T>>(y);
        ReadOnlySpan<Vector256<T>> terms = MemoryMarshal.Cast<T, Vector256<T>>(x);
        Vector256<T> factors = Vector256.Create(s);
        for (int i = 0; i < sums.Length && i < terms.Length; i++)
            sums[i] = MultiplyAdd(factors, terms[i], sums[i]);
        for (int i = sums.Length * Vector256<T>.Count; i < y.Length; i++)
            y[i] = T.FusedMultiplyAdd(s, x[i], y[i]);
    }

    /// <summary>z += x∘y, element by element.</summary>
    public static void AddProduct<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector256<T>> sums = MemoryMarshal.Cast<T, Vector256<T>>(z);
        ReadOnlySpan<Vector256<T>> a = MemoryMarshal.Cast<T, Vector256<T>>(x), b = MemoryMarshal.Cast<T, Vector256<T>>(y);
        for (int i = 0; i < sums.Length && i < a.Length && i < b.Length; i++)
            sums[i] = MultiplyAdd(a[i], b[i], sums[i]);
        for (int i = sums.Length * Vector256<T>.Count; i < z.Length; i++)
            z[i] = T.FusedMultiplyAdd(x[i], y[i], z[i]);
    }

    /// <summary>x ← s·x.</summary>
    public static void Scale<T>(T s, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector256<T>> vectors = MemoryMarshal.Cast<T, Vector256<T>>(x);
        Vector256<T> factors = Vector256.Create(s);
        foreach (ref Vector256<T> vector in vectors)
            vector *= factors;
        for (int i = vectors.Length * Vector256<T>.Count; i < x.Length; i++)
            x[i] *= s;
    }

    /// <summary>aᵀb of at most a few thousand elements: summed in four vectors, at the end in double.</summary>
    public static double Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector256<T>> x = MemoryMarshal.Cast<T, Vector256<T>>(a), y = MemoryMarshal.Cast<T, Vector256<T>>(b);
        Vector256<T> s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0;
        for (; i + 4 <= x.Length && i + 4 <= y.Length; i += 4)
        {
            s0 = MultiplyAdd(x[i], y[i], s0);
            s1 = MultiplyAdd(x[i + 1], y[i + 1], s1);
            s2 = MultiplyAdd(x[i + 2], y[i + 2], s2);
            s3 = MultiplyAdd(x[i + 3], y[i + 3], s3);
        }

        for (; i < x.Length && i < y.Length; i++)
            s0 = MultiplyAdd(x[i], y[i], s0);
        s0 = s0 + s1 + (s2 + s3);
        double total = 0;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
            total += double.CreateTruncating(s0[lane]);
        for (i *= Vector256<T>.Count; i < a.Length; i++)
            total += double.CreateTruncating(a[i]) * double.CreateTruncating(b[i]);

        return total;
    }

    private static void ForPieces(int length, int threads, Action<int, int, int> body)
    {
        int pieces = (length + Piece - 1) / Piece;
        Chunks.For((pieces + PiecesAtOnce - 1) / PiecesAtOnce, threads, group =>
        {
            for (int piece = group * PiecesAtOnce; piece < Math.Min(pieces, (group + 1) * PiecesAtOnce); piece++)
                body(piece, piece * Piece, Math.Min(Piece, length - piece * Piece));
        });
    }
}
