using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>The softmax of rows, in blocks of short rows or long rows one by one.</summary>
internal static unsafe class SoftmaxRows
{
    /// <summary>Rows of probabilities from rows of logits.</summary>
    public static void Forward<T>(ReadOnlySpan<T> logits, int classes, Span<T> probabilities, T temperature, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.AtLeast(probabilities.Length, logits.Length, nameof(probabilities));
        Shape.SameOrApart(logits, probabilities[..logits.Length], nameof(probabilities));
        Shape.Temperature(double.CreateTruncating(temperature));
        T scale = T.One / temperature;
        threads = Chunks.Threads(threads);
        fixed (T* x = logits, y = probabilities)
        {
            if (threads > 1 && logits.Length > RowChunks.Elements)
                OverThreads(x, rows, classes, y, scale, threads);
            else
                Rows(x, rows, classes, y, scale, 1);
        }
    }

    private static void OverThreads<T>(T* x, int rows, int classes, T* y, T scale, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int perChunk = RowChunks.Rows(classes);
        if (rows <= perChunk * 4 && classes > RowChunks.Elements)
        {
            Rows(x, rows, classes, y, scale, threads);
            return;
        }

        Chunks.For(Chunks.Count(rows, perChunk), threads, chunk =>
        {
            int from = chunk * perChunk;
            Rows(x + ((long)from * classes), Math.Min(perChunk, rows - from), classes, y + ((long)from * classes), scale, 1);
        });
    }

    [SkipLocalsInit]
    private static void Rows<T>(T* x, int rows, int classes, T* y, T scale, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (classes > ExpRows.Segment)
        {
            for (int row = 0; row < rows; row++)
                LongRow(x + ((long)row * classes), classes, y + ((long)row * classes), scale, threads);
            return;
        }

        byte* memory = stackalloc byte[((ExpRows.Segment + Vector512<T>.Count) * sizeof(T)) + 64];
        T* e = ExpRows.Aligned<T>(memory);
        T* shifts = stackalloc T[ExpRows.MaxRows], bases = stackalloc T[ExpRows.MaxRows];
        int blockRows = classes == 0 ? 1 : ExpRows.BlockRows(classes);
        for (int row = 0; row < rows; row += blockRows)
        {
            int count = Math.Min(blockRows, rows - row);
            long from = (long)row * classes;
            ExpRows.Block(x + from, count, classes, scale, e, shifts, bases);
            Divide(e, count, classes, y + from);
        }
    }

    /// <summary>Each row of a block divided by its sum.</summary>
    private static void Divide<T>(T* e, int rows, int classes, T* y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        if (classes > width)
        {
            for (int row = 0; row < rows; row++, e += classes, y += classes)
            {
                double sum = Lanes.Sum(e, classes);
                Scale(e, classes, T.CreateTruncating(1 / sum), y);
            }

            return;
        }

        // A row narrower than a vector is stored whole, in order: what spills into the next row is overwritten by it.
        Vector512<T> mask = Lanes.Mask<T>(classes);
        T* end = y + (rows * classes);
        for (int row = 0; row < rows; row++, e += classes, y += classes)
        {
            Vector512<T> v = Vector512.Load(e);
            double sum = double.CreateTruncating(Lanes.Sum(v & mask));
            v = double.IsNaN(sum) ? Vector512.Create(T.NaN) : v * Vector512.Create(T.CreateTruncating(1 / sum));
            if (y + width <= end)
                v.Store(y);
            else
                Lanes.StorePart(v, y, classes);
        }
    }

    /// <summary>y = e·factor for at least one vector's length, the last vector overlapping the one before; NaN if the factor is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale<T>(T* e, int count, T factor, T* y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (T.IsNaN(factor))
        {
            new Span<T>(y, count).Fill(T.NaN);
            return;
        }

        int width = Vector512<T>.Count;
        Vector512<T> factors = Vector512.Create(factor);
        Vector512<T> last = Vector512.Load(e + count - width) * factors;
        int i = 0;
        for (; i <= count - (2 * width); i += 2 * width)
        {
            (Vector512.Load(e + i) * factors).Store(y + i);
            (Vector512.Load(e + i + width) * factors).Store(y + i + width);
        }

        if (i <= count - width)
            (Vector512.Load(e + i) * factors).Store(y + i);
        last.Store(y + count - width);
    }

    private static void LongRow<T>(T* x, int classes, T* y, T scale, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = ExpRows.Long(x, classes, scale, y, threads, out _, out _);
        T factor = T.CreateTruncating(1 / sum);
        if (threads <= 1)
            Scale(y, classes, factor, y);
        else
            ScaleOverThreads(y, classes, factor, threads);
    }

    private static void ScaleOverThreads<T>(T* y, int classes, T factor, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The last chunk takes the rest as well, so that none is shorter than a vector.
        int chunks = classes / RowChunks.Elements;
        Chunks.For(chunks, threads, chunk =>
        {
            int from = chunk * RowChunks.Elements;
            T* part = y + from;
            Scale(part, chunk == chunks - 1 ? classes - from : RowChunks.Elements, factor, part);
        });
    }
}

/// <summary>How rows are cut for threads.</summary>
internal static class RowChunks
{
    /// <summary>About as many elements make one piece of work.</summary>
    public const int Elements = 65536;

    /// <summary>Rows in a piece of work.</summary>
    public static int Rows(int classes) => Math.Max(1, Elements / Math.Max(1, classes));
}
