using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>The exponentials of rows of logits, shifted so that they neither overflow nor vanish: what the softmax family shares.</summary>
/// <remarks>
/// Row i becomes e_ij = e^(z_ij − base_i)·2^−shift_i with z = logits · scale. Where all logits at hand are small (<see cref="ExpLanes.NarrowLimit"/>)
/// base and shift are 0 and no maximum is searched; elsewhere the shift is the row's own maximum, rounded to a power of two, and the base is the maximum itself
/// where it is so large that subtracting it is exact. Scaling by 2^N is exact: a row's probabilities have the same bits in whichever company it comes.
/// </remarks>
internal static unsafe class ExpRows
{
    /// <summary>Elements worked on at once: 8 KiB of floats, well inside the first-level cache.</summary>
    public const int Segment = 2048;

    /// <summary>The most rows in a block.</summary>
    public const int MaxRows = 256;

    /// <summary>Rows of so many classes in a block.</summary>
    public static int BlockRows(int classes) => Math.Min(MaxRows, Segment / classes);

    /// <summary>The exponentials of a block of short rows.</summary>
    /// <param name="x">[rows, classes].</param>
    /// <param name="rows">At most <see cref="BlockRows"/>.</param>
    /// <param name="classes">At most <see cref="Segment"/>.</param>
    /// <param name="scale">1 / temperature.</param>
    /// <param name="e">[rows, classes] and room for 16 more.</param>
    /// <param name="shifts">The power of two that each row is divided by.</param>
    /// <param name="bases">What was subtracted from each row.</param>
    /// <returns>Whether shifts and bases were written; otherwise all are 0.</returns>
    public static bool Block<T>(T* x, int rows, int classes, T scale, T* e, T* shifts, T* bases)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (TryNarrow(x, rows * classes, scale, e, true))
            return false;

        for (int row = 0; row < rows; row++)
        {
            T max = Max(x + (row * classes), classes, scale);
            (shifts[row], bases[row]) = Shift(max);
            Wide(x + (row * classes), classes, scale, max, shifts[row], bases[row], e + (row * classes), true);
        }

        return true;
    }

    /// <summary>The sum of the exponentials of one row of any length, segment by segment.</summary>
    /// <param name="x">The row.</param>
    /// <param name="length">Its length.</param>
    /// <param name="scale">1 / temperature.</param>
    /// <param name="y">Where the exponentials go, which may be <paramref name="x"/>; null if they are not wanted.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="shift">The power of two that the row is divided by.</param>
    /// <param name="rowBase">What was subtracted from the row.</param>
    public static double Long<T>(T* x, int length, T scale, T* y, int threads, out T shift, out T rowBase)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (shift, rowBase) = (T.Zero, T.Zero);
        double sum = double.NaN;
        bool narrow = x != y || InRange(x, length, scale);
        if (narrow && (threads > 1 ? TrySumOverThreads(x, length, scale, y, threads, null, out sum) : TrySum(x, length, scale, y, null, out sum)))
            return sum;

        T max = Max(x, length, scale);
        (shift, rowBase) = Shift(max);
        var wide = new WideRow<T>(max, shift, rowBase);
        if (threads > 1)
            TrySumOverThreads(x, length, scale, y, threads, wide, out sum);
        else
            TrySum(x, length, scale, y, wide, out sum);
        return sum;
    }

    private readonly record struct WideRow<T>(T Max, T Shift, T Base);

    private static bool TrySumOverThreads<T>(T* x, int length, T scale, T* y, int threads, WideRow<T>? wide, out double sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int ChunkSegments = 32;
        var sums = new double[Chunks.Count(length, Segment)];
        bool[] narrow = new bool[Chunks.Count(sums.Length, ChunkSegments)];
        Chunks.For(narrow.Length, threads, chunk =>
        {
            int from = chunk * ChunkSegments * Segment;
            int count = Math.Min(length - from, ChunkSegments * Segment);
            fixed (double* chunkSums = &sums[chunk * ChunkSegments])
                narrow[chunk] = TrySegments(x + from, count, scale, y == null ? null : y + from, wide, chunkSums);
        });

        sum = 0;
        foreach (double segment in sums)
            sum += segment;
        return Array.TrueForAll(narrow, inRange => inRange);
    }

    private static bool TrySum<T>(T* x, int length, T scale, T* y, WideRow<T>? wide, out double sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        sum = 0;
        for (int from = 0; from < length; from += Segment)
        {
            double segment;
            if (!TrySegments(x + from, Math.Min(length - from, Segment), scale, y == null ? null : y + from, wide, &segment))
                return false;
            sum += segment;
        }

        return true;
    }

    /// <summary>A sum for each segment; false where narrow exponentials were asked and a logit is out of range.</summary>
    [SkipLocalsInit]
    private static bool TrySegments<T>(T* x, int length, T scale, T* y, WideRow<T>? wide, double* sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        byte* memory = stackalloc byte[((Segment + width) * sizeof(T)) + 64];
        T* scratch = Aligned<T>(memory);
        for (int from = 0; from < length; from += Segment)
        {
            int count = Math.Min(length - from, Segment);

            // The last, partial vector of a sum is read whole, which only the scratch has room for.
            bool padded = y == null || count % width != 0;
            T* e = padded ? scratch : y + from;
            if (wide is { } row)
                Wide(x + from, count, scale, row.Max, row.Shift, row.Base, e, padded);
            else if (!TryNarrow(x + from, count, scale, e, padded))
                return false;

            sums[from / Segment] = Lanes.Sum(e, count);
            if (padded && y != null)
                new ReadOnlySpan<T>(e, count).CopyTo(new Span<T>(y + from, count));
        }

        return true;
    }

    /// <summary>The first address at or after <paramref name="memory"/> where a cache line begins.</summary>
    public static T* Aligned<T>(byte* memory)
        where T : unmanaged => (T*)(((nuint)memory + 63) & ~(nuint)63);

    /// <summary>e^(x·scale) with no shift. False, with useless results, where a logit is out of range or −∞; NaN counts as in range.</summary>
    private static bool TryNarrow<T>(T* x, int count, T scale, T* e, bool padded)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        scale == T.One ? TryNarrow(x, count, scale, e, padded, false) : TryNarrow(x, count, scale, e, padded, true);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryNarrow<T>(T* x, int count, T scale, T* e, bool padded, bool scaled)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        Vector512<T> factor = Vector512.Create(scale);
        Vector512<T> high = Vector512<T>.Zero, low = Vector512<T>.Zero;
        int i = 0;
        for (; i <= count - (2 * width); i += 2 * width)
        {
            Vector512<T> z0 = scaled ? Vector512.Load(x + i) * factor : Vector512.Load(x + i);
            Vector512<T> z1 = scaled ? Vector512.Load(x + i + width) * factor : Vector512.Load(x + i + width);
            high = Vector512.MaxNative(Vector512.MaxNative(high, z0), z1);
            low = Vector512.MinNative(Vector512.MinNative(low, z0), z1);
            ExpLanes.Narrow(z0).Store(e + i);
            ExpLanes.Narrow(z1).Store(e + i + width);
        }

        for (; i < count; i += width)
        {
            int part = Math.Min(width, count - i);
            Vector512<T> z = part == width ? Vector512.Load(x + i) : Lanes.LoadPart(x + i, part, T.Zero);
            if (scaled)
                z *= factor;
            high = Vector512.MaxNative(high, z);
            low = Vector512.MinNative(low, z);
            if (padded || part == width)
                ExpLanes.Narrow(z).Store(e + i);
            else
                Lanes.StorePart(ExpLanes.Narrow(z), e + i, part);
        }

        Vector512<T> limit = Vector512.Create(ExpLanes.NarrowLimit<T>());
        return !Vector512.GreaterThanAny(high, limit) && !Vector512.LessThanAny(low, -limit);
    }

    private static bool InRange<T>(T* x, int count, T scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        Vector512<T> factor = Vector512.Create(scale);
        Vector512<T> high = Vector512<T>.Zero, low = Vector512<T>.Zero;
        for (int i = 0; i < count; i += width)
        {
            Vector512<T> z = factor * (i + width <= count ? Vector512.Load(x + i) : Lanes.LoadPart(x + i, count - i, T.Zero));
            high = Vector512.MaxNative(high, z);
            low = Vector512.MinNative(low, z);
        }

        Vector512<T> limit = Vector512.Create(ExpLanes.NarrowLimit<T>());
        return !Vector512.GreaterThanAny(high, limit) && !Vector512.LessThanAny(low, -limit);
    }

    /// <summary>The largest of x·scale; NaN if there is one; −∞ of nothing.</summary>
    public static T Max<T>(T* x, int count, T scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        Vector512<T> factor = Vector512.Create(scale);
        Vector512<T> max = Vector512.Create(T.NegativeInfinity);
        int i = 0;
        for (; i <= count - width; i += width)
            max = Vector512.Max(max, Vector512.Load(x + i) * factor);
        if (i < count)
            max = Vector512.Max(max, Lanes.LoadPart(x + i, count - i, T.NegativeInfinity) * factor);
        return Lanes.Max(max);
    }

    /// <summary>The shift and base for a row's maximum.</summary>
    public static (T Shift, T Base) Shift<T>(T max)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!T.IsFinite(max))
            return (T.Zero, T.Zero);

        // From here on whatever is near enough to the maximum to count can be subtracted from it without rounding.
        T exact = T.CreateTruncating(65536);
        T rowBase = T.Abs(max) > exact ? max : T.Zero;
        return (T.Round((max - rowBase) * T.CreateTruncating(1.4426950408889634)), rowBase);
    }

    private static void Wide<T>(T* x, int count, T scale, T max, T shift, T rowBase, T* e, bool padded)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!T.IsFinite(max))
        {
            new Span<T>(e, count).Fill(T.NaN);
            return;
        }

        int width = Vector512<T>.Count;
        Vector512<T> factor = Vector512.Create(scale), bases = Vector512.Create(rowBase), shifts = Vector512.Create(shift);
        Vector512<T> top = Vector512.Create(max - rowBase), cutoff = Vector512.Create(max - rowBase - ExpLanes.Vanishing<T>());
        for (int i = 0; i < count; i += width)
        {
            int part = Math.Min(width, count - i);
            Vector512<T> z = part == width ? Vector512.Load(x + i) : Lanes.LoadPart(x + i, part, T.Zero);
            Vector512<T> result = ExpLanes.Shifted((z * factor) - bases, shifts, cutoff, top);
            if (padded || part == width)
                result.Store(e + i);
            else
                Lanes.StorePart(result, e + i, part);
        }
    }
}
