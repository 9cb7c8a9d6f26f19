using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Credence.Boosting;

/// <summary>The sums of a bin's rows in fixed point: exact, so their order does not matter.</summary>
/// <param name="Gradient">Σ of the gradients.</param>
/// <param name="Packed">Σ of the second derivatives in the low bits, the number of rows in the high ones; see
/// <see cref="FixedPoint"/>.</param>
internal readonly record struct BinSums(long Gradient, long Packed)
{
    public static BinSums operator +(BinSums a, BinSums b) => new(a.Gradient + b.Gradient, a.Packed + b.Packed);

    public static BinSums operator -(BinSums a, BinSums b) => new(a.Gradient - b.Gradient, a.Packed - b.Packed);

    /// <summary>Adds rows to the bins of the bundles whose cells share a word. Four bundles take turns, so that a row need not wait for the
    /// one before it, which is often in the same bin.</summary>
    /// <param name="words">The word of each row: a byte a bundle, the first lowest.</param>
    /// <param name="rows">The rows to add.</param>
    /// <param name="pairs">The gradient (low 32 bits) and second derivative (high 32 bits) of each of these rows.</param>
    /// <param name="oneRow">What a row adds to <see cref="Packed"/> beside its second derivative.</param>
    /// <param name="sums">The bins of these bundles.</param>
    /// <param name="offsets">Where each bundle's bins begin, and the end of the last.</param>
    public static unsafe void Add(
        uint[] words, ReadOnlySpan<int> rows, ReadOnlySpan<long> pairs, long oneRow, Span<BinSums> sums, ReadOnlySpan<int> offsets)
    {
        int bundles = offsets.Length - 1;
        fixed (uint* word = words)
        fixed (int* row = rows)
        fixed (long* pair = pairs)
        fixed (BinSums* first = sums)
        {
            BinSums* from = first - offsets[0];
            if (bundles == 4)
            {
                Four(word, row, pair, rows.Length, oneRow, from + offsets[0], from + offsets[1], from + offsets[2], from + offsets[3]);
                return;
            }

            for (int bundle = 0; bundle < bundles; bundle++)
                One(word, row, pair, rows.Length, oneRow, from + offsets[bundle], 8 * bundle);
        }
    }

    /// <summary>Takes sums from others, bin by bin.</summary>
    public static void Subtract(Span<BinSums> from, ReadOnlySpan<BinSums> sums)
    {
        Span<Vector256<long>> to = MemoryMarshal.Cast<BinSums, Vector256<long>>(from);
        ReadOnlySpan<Vector256<long>> less = MemoryMarshal.Cast<BinSums, Vector256<long>>(sums);
        for (int i = 0; i < to.Length; i++)
            to[i] -= less[i];

        for (int i = 2 * to.Length; i < from.Length; i++)
            from[i] -= sums[i];
    }

    /// <summary>A row's gradient and second derivative in one number, as <see cref="Add"/> takes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Pair(int gradient, int curvature) => (long)curvature << 32 | (uint)gradient;

    private static unsafe void Four(
        uint* words, int* rows, long* pairs, int count, long oneRow, BinSums* a, BinSums* b, BinSums* c, BinSums* d)
    {
        Vector128<long> one = Vector128.Create(0, oneRow);
        for (int i = 0; i < count; i++)
        {
            uint word = words[rows[i]];
            Vector128<long> row = Row(pairs[i]) + one;
            AddTo(a + (byte)word, row);
            AddTo(b + (byte)(word >> 8), row);
            AddTo(c + (byte)(word >> 16), row);
            AddTo(d + (word >> 24), row);
        }
    }

    private static unsafe void One(uint* words, int* rows, long* pairs, int count, long oneRow, BinSums* sums, int shift)
    {
        Vector128<long> one = Vector128.Create(0, oneRow);
        for (int i = 0; i < count; i++)
            AddTo(sums + (byte)(words[rows[i]] >> shift), Row(pairs[i]) + one);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Row(long pair) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(pair).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void AddTo(BinSums* sums, Vector128<long> row) => (Vector128.Load((long*)sums) + row).Store((long*)sums);
}
