using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Sums of pairs of whole numbers by bin, two 64-bit numbers a bin: exact, so their order does not matter.</summary>
internal static unsafe class PairSums
{
    /// <summary>Adds rows to the bins of up to four columns whose bins share a word. Four take turns, so that a row need not wait for the
    /// one before it, which is often in the same bin.</summary>
    /// <param name="words">The word of each row: a byte a column, the first lowest.</param>
    /// <param name="rows">The rows to add.</param>
    /// <param name="pairs">Two signed 32-bit numbers for each of these rows, the first in the low bits.</param>
    /// <param name="more">What a row adds to the second sum beside its own number.</param>
    /// <param name="sums">[bins, 2].</param>
    /// <param name="offsets">Where each column's bins begin, the first at <paramref name="sums"/>' start, and the end of the last.</param>
    public static void Add(
        uint[] words, ReadOnlySpan<int> rows, ReadOnlySpan<long> pairs, long more, Span<long> sums, ReadOnlySpan<int> offsets)
    {
        int columns = offsets.Length - 1;
        Shape.AtLeast(pairs.Length, rows.Length, nameof(pairs));
        Shape.AtLeast(sums.Length, 2 * (offsets[^1] - offsets[0]), nameof(sums));
        fixed (uint* word = words)
        fixed (int* row = rows)
        fixed (long* pair = pairs, first = sums)
        {
            long* from = first - (2L * offsets[0]);
            if (columns == 4)
            {
                long* second = from + (2L * offsets[1]), third = from + (2L * offsets[2]), fourth = from + (2L * offsets[3]);
                Four(word, row, pair, rows.Length, more, first, second, third, fourth);
                return;
            }

            for (int column = 0; column < columns; column++)
                One(word, row, pair, rows.Length, more, from + (2L * offsets[column]), 8 * column);
        }
    }

    /// <summary>Takes numbers from others, one by one.</summary>
    public static void Subtract(Span<long> from, ReadOnlySpan<long> numbers)
    {
        Span<Vector256<long>> to = MemoryMarshal.Cast<long, Vector256<long>>(from);
        ReadOnlySpan<Vector256<long>> less = MemoryMarshal.Cast<long, Vector256<long>>(numbers);
        for (int i = 0; i < to.Length; i++)
            to[i] -= less[i];

        for (int i = Vector256<long>.Count * to.Length; i < from.Length; i++)
            from[i] -= numbers[i];
    }

    private static void Four(uint* words, int* rows, long* pairs, int count, long more, long* a, long* b, long* c, long* d)
    {
        Vector128<long> one = Vector128.Create(0, more);
        for (int i = 0; i < count; i++)
        {
            uint word = words[rows[i]];
            Vector128<long> row = Row(pairs[i]) + one;
            AddTo(a, (byte)word, row);
            AddTo(b, (byte)(word >> 8), row);
            AddTo(c, (byte)(word >> 16), row);
            AddTo(d, word >> 24, row);
        }
    }

    private static void One(uint* words, int* rows, long* pairs, int count, long more, long* sums, int shift)
    {
        Vector128<long> one = Vector128.Create(0, more);
        for (int i = 0; i < count; i++)
            AddTo(sums, (byte)(words[rows[i]] >> shift), Row(pairs[i]) + one);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Row(long pair) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(pair).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(long* sums, nuint bin, Vector128<long> row) =>
        (Vector128.Load(sums + (2 * bin)) + row).Store(sums + (2 * bin));
}
