using System.Runtime.CompilerServices;

namespace Credence.Boosting;

/// <summary>The sums of a bin's rows in fixed point: exact, so their order does not matter.</summary>
/// <param name="Gradient">Σ of the gradients.</param>
/// <param name="Packed">Σ of the second derivatives in the low bits, the number of rows in the high ones; see
/// <see cref="FixedPoint"/>.</param>
internal readonly record struct BinSums(long Gradient, long Packed)
{
    public static BinSums operator +(BinSums a, BinSums b) => new(a.Gradient + b.Gradient, a.Packed + b.Packed);

    public static BinSums operator -(BinSums a, BinSums b) => new(a.Gradient - b.Gradient, a.Packed - b.Packed);

    /// <summary>Adds rows to the bins of one column.</summary>
    /// <param name="cells">The bin of each row.</param>
    /// <param name="rows">The rows to add.</param>
    /// <param name="pairs">The gradient (low 32 bits) and second derivative (high 32 bits) of each of these rows.</param>
    /// <param name="oneRow">What a row adds to <see cref="Packed"/> beside its second derivative.</param>
    /// <param name="sums">The column's bins.</param>
    public static unsafe void Add(byte[] cells, ReadOnlySpan<int> rows, ReadOnlySpan<long> pairs, long oneRow, Span<BinSums> sums)
    {
        fixed (byte* cell = cells)
        fixed (int* row = rows)
        fixed (long* pair = pairs)
        fixed (BinSums* sum = sums)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                long* to = (long*)(sum + cell[row[i]]);
                to[0] += (int)pair[i];
                to[1] += (pair[i] >> 32) + oneRow;
            }
        }
    }

    /// <summary>A row's gradient and second derivative in one number, as <see cref="Add"/> takes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Pair(int gradient, int curvature) => (long)curvature << 32 | (uint)gradient;
}
