using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Sums over the rows of a matrix and maps with one factor for each column: what biases and normalisation need.</summary>
/// <remarks>A column's sum adds rows r, r + 4, … in four chains and then ((0 + 1) + (2 + 3)); the bits do not depend on the width of
/// vectors.</remarks>
internal static unsafe class Channels
{
    private const int Chains = 4;

    /// <summary>What a sum adds for each element.</summary>
    private interface ITerm<T>
        where T : unmanaged
    {
        static abstract Vector256<T> Vector(Vector256<T> x, Vector256<T> other, Vector256<T> center);

        static abstract T One(T x, T other, T center);
    }

    /// <summary>Σ x for each column.</summary>
    /// <param name="x">[rows, columns].</param>
    /// <param name="sums">[columns], overwritten.</param>
    public static void Sum<T>(ReadOnlySpan<T> x, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Add<T, Plain<T>>(x, x, sums, sums);

    /// <summary>Σ (x − center)² for each column.</summary>
    /// <param name="x">[rows, columns].</param>
    /// <param name="centers">[columns].</param>
    /// <param name="sums">[columns], overwritten.</param>
    public static void SumSquares<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> centers, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Add<T, Square<T>>(x, x, centers, sums);

    /// <summary>Σ y·(x − center) for each column.</summary>
    /// <param name="x">[rows, columns].</param>
    /// <param name="y">[rows, columns].</param>
    /// <param name="centers">[columns].</param>
    /// <param name="sums">[columns], overwritten.</param>
    public static void SumProducts<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> centers, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Add<T, Product<T>>(x, y, centers, sums);

    /// <summary>y = factor·x + shift, with a factor and a shift for each column.</summary>
    /// <param name="x">[rows, columns].</param>
    /// <param name="factors">[columns].</param>
    /// <param name="shifts">[columns].</param>
    /// <param name="y">[rows, columns]; may be x.</param>
    public static void Map<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> factors, ReadOnlySpan<T> shifts, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = factors.Length, rows = Shape.Rows(x.Length, columns, nameof(x)), count = Vector256<T>.Count;
        fixed (T* from = x, a = factors, b = shifts, to = y)
        {
            for (int row = 0; row < rows; row++)
            {
                T* source = from + ((nint)row * columns), target = to + ((nint)row * columns);
                int j = 0;
                for (; j <= columns - count; j += count)
                    ((Vector256.Load(source + j) * Vector256.Load(a + j)) + Vector256.Load(b + j)).Store(target + j);

                for (; j < columns; j++)
                    target[j] = (source[j] * a[j]) + b[j];
            }
        }
    }

    /// <summary>z = a·x + b·y + c, with numbers for each column.</summary>
    /// <param name="x">[rows, columns].</param>
    /// <param name="a">[columns].</param>
    /// <param name="y">[rows, columns].</param>
    /// <param name="b">[columns].</param>
    /// <param name="c">[columns].</param>
    /// <param name="z">[rows, columns], overwritten.</param>
    public static void Combine<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> a, ReadOnlySpan<T> y, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = a.Length, rows = Shape.Rows(x.Length, columns, nameof(x)), count = Vector256<T>.Count;
        fixed (T* first = x, second = y, af = a, bf = b, cf = c, to = z)
        {
            for (int row = 0; row < rows; row++)
            {
                nint at = (nint)row * columns;
                int j = 0;
                for (; j <= columns - count; j += count)
                {
                    Vector256<T> sum = (Vector256.Load(first + at + j) * Vector256.Load(af + j))
                        + (Vector256.Load(second + at + j) * Vector256.Load(bf + j));
                    (sum + Vector256.Load(cf + j)).Store(to + at + j);
                }

                for (; j < columns; j++)
                    to[at + j] = (first[at + j] * af[j]) + (second[at + j] * bf[j]) + cf[j];
            }
        }
    }

    /// <summary>Writes the same row into every row.</summary>
    /// <param name="row">[columns].</param>
    /// <param name="y">[rows, columns].</param>
    public static void Repeat<T>(ReadOnlySpan<T> row, Span<T> y)
    {
        for (; y.Length >= row.Length; y = y[row.Length..])
            row.CopyTo(y);
    }

    private static void Add<T, TTerm>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> centers, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ITerm<T>
    {
        int columns = sums.Length, rows = Shape.Rows(x.Length, columns, nameof(x)), whole = rows & -Chains, count = Vector256<T>.Count;
        Shape.AtLeast(y.Length, x.Length, nameof(y));
        Shape.AtLeast(centers.Length, columns, nameof(centers));
        fixed (T* first = x, second = y, center = centers, to = sums)
        {
            int j = 0;
            for (; j <= columns - count; j += count)
            {
                Vector256<T> s0 = default, s1 = default, s2 = default, s3 = default, middle = Vector256.Load(center + j);
                T* a = first + j, b = second + j;
                for (int row = 0; row < whole; row += Chains, a += Chains * columns, b += Chains * columns)
                {
                    s0 += TTerm.Vector(Vector256.Load(a), Vector256.Load(b), middle);
                    s1 += TTerm.Vector(Vector256.Load(a + columns), Vector256.Load(b + columns), middle);
                    s2 += TTerm.Vector(Vector256.Load(a + (2 * columns)), Vector256.Load(b + (2 * columns)), middle);
                    s3 += TTerm.Vector(Vector256.Load(a + (3 * columns)), Vector256.Load(b + (3 * columns)), middle);
                }

                for (int row = whole; row < rows; row++, a += columns, b += columns)
                    s0 += TTerm.Vector(Vector256.Load(a), Vector256.Load(b), middle);

                ((s0 + s1) + (s2 + s3)).Store(to + j);
            }

            for (; j < columns; j++)
            {
                T s0 = default, s1 = default, s2 = default, s3 = default, middle = center[j];
                T* a = first + j, b = second + j;
                for (int row = 0; row < whole; row += Chains, a += Chains * columns, b += Chains * columns)
                {
                    s0 += TTerm.One(a[0], b[0], middle);
                    s1 += TTerm.One(a[columns], b[columns], middle);
                    s2 += TTerm.One(a[2 * columns], b[2 * columns], middle);
                    s3 += TTerm.One(a[3 * columns], b[3 * columns], middle);
                }

                for (int row = whole; row < rows; row++, a += columns, b += columns)
                    s0 += TTerm.One(a[0], b[0], middle);

                to[j] = (s0 + s1) + (s2 + s3);
            }
        }
    }

    private readonly struct Plain<T> : ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Vector(Vector256<T> x, Vector256<T> other, Vector256<T> center) => x;

        public static T One(T x, T other, T center) => x;
    }

    private readonly struct Square<T> : ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Vector(Vector256<T> x, Vector256<T> other, Vector256<T> center) => (x - center) * (x - center);

        public static T One(T x, T other, T center) => (x - center) * (x - center);
    }

    private readonly struct Product<T> : ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Vector(Vector256<T> x, Vector256<T> other, Vector256<T> center) => other * (x - center);

        public static T One(T x, T other, T center) => other * (x - center);
    }
}
