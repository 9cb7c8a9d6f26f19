using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Credence.Numerics;

namespace Credence.Boosting;

/// <summary>The sums of a bin's rows in fixed point: exact, so their order does not matter.</summary>
/// <param name="Gradient">Σ of the gradients.</param>
/// <param name="Packed">Σ of the second derivatives in the low bits, the number of rows in the high ones; see
/// <see cref="FixedPoint"/>.</param>
internal readonly record struct BinSums(long Gradient, long Packed)
{
    public static BinSums operator +(BinSums a, BinSums b) => new(a.Gradient + b.Gradient, a.Packed + b.Packed);

    public static BinSums operator -(BinSums a, BinSums b) => new(a.Gradient - b.Gradient, a.Packed - b.Packed);

    /// <summary>Adds rows to the bins of the bundles whose cells share a word.</summary>
    /// <param name="words">The word of each row: a byte a bundle, the first lowest.</param>
    /// <param name="rows">The rows to add.</param>
    /// <param name="pairs">The gradient (low 32 bits) and second derivative (high 32 bits) of each of these rows.</param>
    /// <param name="oneRow">What a row adds to <see cref="Packed"/> beside its second derivative.</param>
    /// <param name="sums">The bins of these bundles.</param>
    /// <param name="offsets">Where each bundle's bins begin, and the end of the last.</param>
    public static void Add(
        uint[] words, ReadOnlySpan<int> rows, ReadOnlySpan<long> pairs, long oneRow, Span<BinSums> sums, ReadOnlySpan<int> offsets) =>
        PairSums.Add(words, rows, pairs, oneRow, MemoryMarshal.Cast<BinSums, long>(sums), offsets);

    /// <summary>Takes sums from others, bin by bin.</summary>
    public static void Subtract(Span<BinSums> from, ReadOnlySpan<BinSums> sums) =>
        PairSums.Subtract(MemoryMarshal.Cast<BinSums, long>(from), MemoryMarshal.Cast<BinSums, long>(sums));

    /// <summary>A row's gradient and second derivative in one number, as <see cref="Add"/> takes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Pair(int gradient, int curvature) => (long)curvature << 32 | (uint)gradient;
}
