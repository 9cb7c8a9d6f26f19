using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The softmax of rows, in blocks of short rows or long rows one by one.</summary>
internal static unsafe class SoftmaxRows
{
    /// <summary>Results larger than this are written past the caches, which they would only sweep.</summary>
    private const long StreamingBytes = 8 << 20;

    /// <summary>Rows of probabilities from rows of logits.</summary>
    public static void Forward<T>(ReadOnlySpan<T> logits, int classes, Span<T> probabilities, T temperature, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.AtLeast(probabilities.Length, logits.Length, nameof(probabilities));
        Shape.SameOrApart(logits, probabilities[..logits.Length], nameof(probabilities));
        T scale = Shape.Scale(temperature);
        fixed (T* x = logits, y = probabilities)
        {
            bool streams = x != y && (long)logits.Length * sizeof(T) > StreamingBytes;
            Run(new MemoryRows<T>(x), new MemoryRows<T>(y, streams), rows, classes, scale, Chunks.Threads(threads));
        }
    }

    /// <summary>The softmax from any source to any target.</summary>
    public static void Run<T, TSource, TTarget>(TSource source, TTarget target, int rows, int classes, T scale, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        switch (LaneWidth.Bits)
        {
            case 512: Run<Lanes512<T>, T, TSource, TTarget>(source, target, rows, classes, scale, threads); break;
            case 256: Run<Lanes256<T>, T, TSource, TTarget>(source, target, rows, classes, scale, threads); break;
            case 128: Run<Lanes128<T>, T, TSource, TTarget>(source, target, rows, classes, scale, threads); break;
            default: Run<OneLane<T>, T, TSource, TTarget>(source, target, rows, classes, scale, threads); break;
        }
    }

    private static void Run<V, T, TSource, TTarget>(TSource source, TTarget target, int rows, int classes, T scale, int threads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        if (classes > ExpRows.Elements)
        {
            if (threads > 1 && rows >= 4 * threads)
                LongOverThreads<V, T, TSource, TTarget>(source, target, rows, classes, scale, threads);
            else
                Long<V, T, TSource, TTarget>(source, target, 0, rows, classes, scale, threads);
        }
        else if (threads > 1 && (long)rows * classes > RowChunks.Elements)
        {
            ShortOverThreads<V, T, TSource, TTarget>(source, target, rows, classes, scale, threads);
        }
        else
        {
            Short<V, T, TSource, TTarget>(source, target, 0, rows, classes, scale);
        }
    }

    private static void ShortOverThreads<V, T, TSource, TTarget>(TSource source, TTarget target, int rows, int classes, T scale, int threads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        int size = RowChunks.Rows(classes);
        Chunks.For(Chunks.Count(rows, size), threads, chunk =>
            Short<V, T, TSource, TTarget>(source, target, chunk * size, Math.Min(size, rows - (chunk * size)), classes, scale));
    }

    private static void LongOverThreads<V, T, TSource, TTarget>(TSource source, TTarget target, int rows, int classes, T scale, int threads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T> =>
        Chunks.For(rows, threads, row => Long<V, T, TSource, TTarget>(source, target, row, 1, classes, scale, 1));

    [SkipLocalsInit]
    private static void Short<V, T, TSource, TTarget>(TSource source, TTarget target, int firstRow, int rows, int classes, T scale)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        T* memory = stackalloc T[2 * (ExpRows.Elements + ExpRows.Spare)], shifts = stackalloc T[2 * ExpRows.MaxRows];
        T* e = ExpRows.Aligned<T>((byte*)memory), made = e + ExpRows.Elements + (ExpRows.Spare / 2), bases = shifts + ExpRows.MaxRows;
        int blockRows = ExpRows.BlockRows(classes);
        bool shifted = false;
        for (int row = 0; row < rows; row += blockRows)
        {
            int count = Math.Min(blockRows, rows - row);
            long from = (long)(firstRow + row) * classes;
            ExpRows.Fill<V, T>(source.Read(from, count * classes, made), count, classes, scale, e, shifts, bases, ref shifted);
            RowScale.Divide<V, T>(e, count, classes, target.Begin(from, made));
            target.End(from, count * classes, made);
        }
    }

    private static void Long<V, T, TSource, TTarget>(
        TSource source, TTarget target, int firstRow, int rows, int classes, T scale, int threads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        bool shifted = false;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            long from = (long)row * classes;
            RowTotal<T> total = LongRow.Total<V, T, TSource>(source, from, classes, scale, threads, ref shifted);
            T factor = T.CreateTruncating(1 / total.Sum);
            if (threads > 1)
                LongResultsOverThreads<V, T, TSource, TTarget>(source, target, from, classes, scale, shifted, total.Max, factor, threads);
            else
                LongResults<V, T, TSource, TTarget>(source, target, from, classes, scale, shifted, total.Max, factor);
        }
    }

    private static void LongResultsOverThreads<V, T, TSource, TTarget>(
        TSource source, TTarget target, long from, int count, T scale, bool shifted, T max, T factor, int threads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T> =>
        Chunks.For(Chunks.Count(count, RowChunks.Elements), threads, chunk =>
        {
            int start = chunk * RowChunks.Elements;
            int part = Math.Min(RowChunks.Elements, count - start);
            LongResults<V, T, TSource, TTarget>(source, target, from + start, part, scale, shifted, max, factor);
        });

    [SkipLocalsInit]
    private static void LongResults<V, T, TSource, TTarget>(
        TSource source, TTarget target, long from, int count, T scale, bool shifted, T max, T factor)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        T* memory = stackalloc T[2 * (ExpRows.Elements + ExpRows.Spare)];
        T* made = ExpRows.Aligned<T>((byte*)memory), results = made + ExpRows.Elements + (ExpRows.Spare / 2);
        var anchor = new Anchor<V, T>(V.Create(max), V.Create(scale));

        // Streaming begins where a cache line does.
        int head = target.Streams ? (int)((64 - ((nuint)target.Begin(from, results) & 63)) & 63) / sizeof(T) : 0;
        for (int i = 0, part; i < count; i += part)
        {
            part = Math.Min(i == 0 && head > 0 ? head : ExpRows.Elements, count - i);
            T* y = target.Begin(from + i, results);
            if (T.IsNaN(factor))
            {
                new Span<T>(y, part).Fill(T.NaN);
            }
            else
            {
                T* x = source.Read(from + i, part, made);
                bool streams = target.Streams && part == ExpRows.Elements;
                if (shifted)
                    ExpMaps.Scaled<V, T, Anchor<V, T>>(x, part, y, anchor, factor, streams);
                else if (scale == T.One)
                    ExpMaps.Scaled<V, T, Unanchored<V, T, Unscaled>>(x, part, y, new(V.Create(scale)), factor, streams);
                else
                    ExpMaps.Scaled<V, T, Unanchored<V, T, Scaled>>(x, part, y, new(V.Create(scale)), factor, streams);
            }

            target.End(from + i, part, results);
        }
    }
}

/// <summary>How rows are cut for threads.</summary>
internal static class RowChunks
{
    /// <summary>About as many elements make one piece of work.</summary>
    public const int Elements = 16384;

    /// <summary>Rows in a piece of work.</summary>
    public static int Rows(int classes) => Math.Max(1, Elements / Math.Max(1, classes));
}
