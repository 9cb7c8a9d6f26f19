using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The softmax of rows: short rows in blocks, long rows one by one.</summary>
internal static unsafe class SoftmaxRows
{
    /// <summary>Rows of probabilities from rows of logits.</summary>
    public static void Forward<T>(ReadOnlySpan<T> logits, int classes, Span<T> probabilities, T temperature, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.AtLeast(probabilities.Length, logits.Length, nameof(probabilities));
        Shape.SameOrApart(logits, probabilities[..logits.Length], nameof(probabilities));
        T scale = Shape.Scale(temperature);
        fixed (T* x = logits, y = probabilities)
        {
            Run(new MemoryRows<T>(x), new MemoryRows<T>(y), rows, classes, scale, x == y, Chunks.Threads(maxThreads));
        }
    }

    /// <summary>The softmax from any source to any target.</summary>
    public static void Run<T, TSource, TTarget>(
        TSource source, TTarget target, int rows, int classes, T scale, bool inPlace, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        switch (LaneWidth.ForRows(classes))
        {
            case 512: Run<Lanes512<T>, T, TSource, TTarget>(source, target, rows, classes, scale, inPlace, maxThreads); break;
            case 256: Run<Lanes256<T>, T, TSource, TTarget>(source, target, rows, classes, scale, inPlace, maxThreads); break;
            case 128: Run<Lanes128<T>, T, TSource, TTarget>(source, target, rows, classes, scale, inPlace, maxThreads); break;
            default: Run<OneLane<T>, T, TSource, TTarget>(source, target, rows, classes, scale, inPlace, maxThreads); break;
        }
    }

    private static void Run<V, T, TSource, TTarget>(
        TSource source, TTarget target, int rows, int classes, T scale, bool inPlace, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        maxThreads = SoftmaxChunks.Threads((long)rows * classes, maxThreads);
        if (classes > ExpRows.Elements)
        {
            // Rows of their own share without a wait between a row's sum and its shares.
            if (maxThreads > 1 && rows >= 2 * maxThreads)
                LongOverThreads<V, T, TSource, TTarget>(source, target, rows, classes, scale, inPlace, maxThreads);
            else
                Long<V, T, TSource, TTarget>(source, target, 0, rows, classes, scale, inPlace, maxThreads);
        }
        else if (maxThreads > 1)
        {
            ShortOverThreads<V, T, TSource, TTarget>(source, target, rows, classes, scale, inPlace, maxThreads);
        }
        else
        {
            Short<V, T, TSource, TTarget>(source, target, 0, rows, classes, scale, inPlace);
        }
    }

    private static void ShortOverThreads<V, T, TSource, TTarget>(
        TSource source, TTarget target, int rows, int classes, T scale, bool inPlace, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        int size = SoftmaxChunks.Rows(classes);
        Chunks.For(Chunks.Count(rows, size), maxThreads, chunk =>
            Short<V, T, TSource, TTarget>(source, target, chunk * size, Math.Min(size, rows - (chunk * size)), classes, scale, inPlace));
    }

    private static void LongOverThreads<V, T, TSource, TTarget>(
        TSource source, TTarget target, int rows, int classes, T scale, bool inPlace, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T> =>
        Chunks.For(rows, maxThreads, row => Long<V, T, TSource, TTarget>(source, target, row, 1, classes, scale, inPlace, 1));

    [SkipLocalsInit]
    private static void Short<V, T, TSource, TTarget>(
        TSource source, TTarget target, int firstRow, int rows, int classes, T scale, bool inPlace)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        T* memory = stackalloc T[2 * (ExpRows.Elements + ExpRows.Spare)], shifts = stackalloc T[2 * ExpRows.MaxRows];
        T* e = CacheBlock.Aligned<T>((byte*)memory), made = e + ExpRows.Elements + (ExpRows.Spare / 2), bases = shifts + ExpRows.MaxRows;
        int blockRows = ExpRows.BlockRows(classes);
        bool shifted = false, waits = target.Memory != null && !inPlace && classes > Lanes.Short;
        for (int row = 0; row < rows; row += blockRows)
        {
            int count = Math.Min(blockRows, rows - row);
            long from = (long)(firstRow + row) * classes;
            T* x = source.Read(from, count * classes, made), y = target.Begin(from, made);

            // The target may store exponentials if the next block overwrites what is written beyond the block.
            T* place = waits && row + count < rows ? y : e;
            ExpRows.Fill<V, T>(x, count, classes, scale, place, shifts, bases, ref shifted);
            RowScale.Divide<V, T, Probabilities<T>>(place, count, classes, y, default);
            target.End(from, count * classes, made);
        }
    }

    private static void Long<V, T, TSource, TTarget>(
        TSource source, TTarget target, int firstRow, int rows, int classes, T scale, bool inPlace, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        // An in-place computation overwrites its logits and cannot be tried twice.
        bool shifted = inPlace;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            long from = (long)row * classes;
            T* keep = target.Memory == null ? null : target.Memory + from;
            double sum = LongRow.Sum<V, T, TSource>(source, from, classes, scale, maxThreads, keep, ref shifted, out T max);
            T factor = T.CreateTruncating(1 / sum);
            if (maxThreads > 1)
                FinishOverThreads<V, T, TSource, TTarget>(source, target, from, classes, scale, shifted, max, factor, maxThreads);
            else
                Finish<V, T, TSource, TTarget>(source, target, from, classes, scale, shifted, max, factor);
        }
    }

    private static void FinishOverThreads<V, T, TSource, TTarget>(
        TSource source, TTarget target, long from, int count, T scale, bool shifted, T max, T factor, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        // The last chunk includes the remainder, so that none is shorter than a vector.
        int chunks = Math.Max(1, count / LongRow.Chunk);
        Chunks.For(chunks, maxThreads, chunk =>
        {
            int start = chunk * LongRow.Chunk, part = chunk == chunks - 1 ? count - start : LongRow.Chunk;
            Finish<V, T, TSource, TTarget>(source, target, from + start, part, scale, shifted, max, factor);
        });
    }

    /// <summary>Exponentials times the factor: those kept in the target, or computed anew.</summary>
    [SkipLocalsInit]
    private static void Finish<V, T, TSource, TTarget>(
        TSource source, TTarget target, long from, int count, T scale, bool shifted, T max, T factor)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
        where TTarget : struct, IRowTarget<T>
    {
        if (target.Memory != null)
        {
            RowScale.Multiply<V, T>(target.Memory + from, count, factor, target.Memory + from);
            return;
        }

        T* memory = stackalloc T[2 * (ExpRows.Elements + ExpRows.Spare)];
        T* made = CacheBlock.Aligned<T>((byte*)memory), e = made + ExpRows.Elements + (ExpRows.Spare / 2);
        for (int i = 0; i < count; i += ExpRows.Elements)
        {
            int part = Math.Min(ExpRows.Elements, count - i);
            T* x = source.Read(from + i, part, made), y = target.Begin(from + i, made);
            if (shifted)
                ExpRows.Shifted<V, T>(x, part, x + part, V.Create(max), scale, e);
            else
                ExpRows.TryNarrow<V, T>(x, part, scale, e);
            RowScale.MultiplyAny<V, T>(e, part, factor, y);
            target.End(from + i, part, y);
        }
    }
}

/// <summary>How rows are cut for threads.</summary>
internal static class SoftmaxChunks
{
    /// <summary>The approximate number of elements per chunk of work.</summary>
    public const int Elements = 16384;

    /// <summary>The least number of elements that a second thread is woken for. Waking one takes 3 to 15 µs, which is lost where the other
    /// cores are busy; these take a thread some 100 µs.</summary>
    public const int Shared = 1 << 18;

    /// <summary>The threads that a matrix of so many elements is worth.</summary>
    public static int Threads(long elements, int maxThreads) => elements < Shared ? 1 : maxThreads;

    /// <summary>The number of rows per chunk of work.</summary>
    public static int Rows(int classes) => Math.Max(1, Elements / Math.Max(1, classes));
}
