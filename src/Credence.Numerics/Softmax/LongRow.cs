using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The sums of rows longer than a block, piece by piece.</summary>
internal static unsafe class LongRow
{
    /// <summary>The number of elements in a chunk of work.</summary>
    public const int Chunk = 8 * ExpRows.Elements;

    // No sum of exponentials is negative.
    private const double OutOfRange = -1;

    /// <summary>The sum of a row's exponentials: the sums of its pieces, added in order.</summary>
    /// <param name="source">The source of the row.</param>
    /// <param name="from">Its first element.</param>
    /// <param name="count">Its length.</param>
    /// <param name="scale">1 / temperature.</param>
    /// <param name="maxThreads">The maximum number of threads.</param>
    /// <param name="keep">The memory that stores the exponentials, or null. If it is the row itself, <paramref name="shifted"/> must be
    /// true.</param>
    /// <param name="shifted">Whether the row is shifted. Unless it is already true, the exponentials are first tried without a
    /// shift.</param>
    /// <param name="max">The row's maximum where it is shifted.</param>
    public static double Sum<V, T, TSource>(
        TSource source, long from, int count, T scale, int maxThreads, T* keep, ref bool shifted, out T max)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
    {
        max = T.Zero;
        if (!shifted)
        {
            double sum = maxThreads > 1
                ? SumOverThreads<V, T, TSource>(source, from, count, scale, maxThreads, keep, null)
                : Sum<V, T, TSource>(source, from, count, scale, keep, null, null);
            if (sum != OutOfRange)
                return sum;
            shifted = true;
        }

        max = maxThreads > 1 ? MaxOverThreads<V, T, TSource>(source, from, count, maxThreads) : Max<V, T, TSource>(source, from, count);
        return maxThreads > 1
            ? SumOverThreads<V, T, TSource>(source, from, count, scale, maxThreads, keep, max)
            : Sum<V, T, TSource>(source, from, count, scale, keep, max, null);
    }

    /// <summary>
    /// The sum of some pieces, and each one's in <paramref name="sums"/> if that is not null; <see cref="OutOfRange"/> where a logit is out
    /// of range for exponentials without a shift, which those with a <paramref name="max"/> have.
    /// </summary>
    [SkipLocalsInit]
    private static double Sum<V, T, TSource>(TSource source, long from, int count, T scale, T* keep, T? max, double* sums)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
    {
        T* memory = stackalloc T[2 * (ExpRows.Elements + ExpRows.Spare)];
        T* scratch = CacheBlock.Aligned<T>((byte*)memory), made = scratch + ExpRows.Elements + (ExpRows.Spare / 2);
        double total = 0;
        for (int i = 0; i < count; i += ExpRows.Elements)
        {
            int part = Math.Min(ExpRows.Elements, count - i);
            T* x = source.Read(from + i, part, made);

            // The last piece's last vector fits only into the scratch memory.
            T* e = keep != null && part == ExpRows.Elements ? keep + i : scratch;
            if (max is { } top)
                ExpRows.Shifted<V, T>(x, part, x + part, V.Create(top), scale, e);
            else if (!ExpRows.TryNarrow<V, T>(x, part, scale, e))
                return OutOfRange;

            double sum = Lanes.Sum<V, T>(e, part);
            if (sums != null)
                sums[i / ExpRows.Elements] = sum;
            total += sum;
            if (keep != null && e == scratch)
                new ReadOnlySpan<T>(e, part).CopyTo(new Span<T>(keep + i, part));
        }

        return total;
    }

    private static double SumOverThreads<V, T, TSource>(TSource source, long from, int count, T scale, int maxThreads, T* keep, T? max)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
    {
        double[] sums = new double[Chunks.Count(count, ExpRows.Elements)];
        bool inRange = true;
        Chunks.For(Chunks.Count(count, Chunk), maxThreads, chunk =>
        {
            int start = chunk * Chunk;
            fixed (double* mine = &sums[start / ExpRows.Elements])
            {
                T* kept = keep == null ? null : keep + start;
                if (Sum<V, T, TSource>(source, from + start, Math.Min(Chunk, count - start), scale, kept, max, mine) == OutOfRange)
                    inRange = false;
            }
        });

        double total = 0;
        foreach (double sum in sums)
            total += sum;
        return inRange ? total : OutOfRange;
    }

    [SkipLocalsInit]
    private static T Max<V, T, TSource>(TSource source, long from, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
    {
        T* made = stackalloc T[ExpRows.Elements];
        V max = V.Create(T.NegativeInfinity);
        for (int i = 0; i < count; i += ExpRows.Elements)
        {
            int part = Math.Min(ExpRows.Elements, count - i);
            T* x = source.Read(from + i, part, made);
            max = V.Max(max, ExpRows.Max<V, T>(x, part, x + part));
        }

        return max.First;
    }

    private static T MaxOverThreads<V, T, TSource>(TSource source, long from, int count, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
    {
        var maxima = new T[Chunks.Count(count, Chunk)];
        Chunks.For(maxima.Length, maxThreads, chunk =>
        {
            int start = chunk * Chunk;
            maxima[chunk] = Max<V, T, TSource>(source, from + start, Math.Min(Chunk, count - start));
        });

        T max = T.NegativeInfinity;
        foreach (T chunk in maxima)
            max = T.MaxNumber(max, chunk);
        return max;
    }
}
