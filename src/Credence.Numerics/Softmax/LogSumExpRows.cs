using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The log-sum-exp and the log-softmax of rows.</summary>
internal static unsafe class LogSumExpRows
{
    /// <summary>
    /// Computes for each row the logarithm, if <paramref name="logs"/> is not empty, and the log-softmax, if
    /// <paramref name="logProbabilities"/> is not.
    /// </summary>
    public static void Forward<T>(
        ReadOnlySpan<T> logits, int rows, int classes, T scale, Span<T> logs, Span<T> logProbabilities, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* x = logits, y = logProbabilities, l = logs)
        {
            switch (LaneWidth.ForRows(classes))
            {
                case 512: Run<Lanes512<T>, T>(x, rows, classes, scale, l, y, maxThreads); break;
                case 256: Run<Lanes256<T>, T>(x, rows, classes, scale, l, y, maxThreads); break;
                case 128: Run<Lanes128<T>, T>(x, rows, classes, scale, l, y, maxThreads); break;
                default: Run<OneLane<T>, T>(x, rows, classes, scale, l, y, maxThreads); break;
            }
        }
    }

    private static void Run<V, T>(T* x, int rows, int classes, T scale, T* logs, T* y, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        maxThreads = SoftmaxChunks.Threads((long)rows * classes, maxThreads);
        if (classes > ExpRows.Elements)
        {
            bool shifted = false;
            for (int row = 0; row < rows; row++)
                Long<V, T>(x + ((long)row * classes), classes, scale, logs == null ? null : logs + row, y == null ? null
                    : y + ((long)row * classes), maxThreads, ref shifted);
        }
        else if (maxThreads > 1)
        {
            OverThreads<V, T>(x, rows, classes, scale, logs, y, maxThreads);
        }
        else
        {
            Short<V, T>(x, rows, classes, scale, logs, y);
        }
    }

    private static void OverThreads<V, T>(T* x, int rows, int classes, T scale, T* logs, T* y, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = SoftmaxChunks.Rows(classes);
        Chunks.For(Chunks.Count(rows, size), maxThreads, chunk =>
        {
            int row = chunk * size;
            long from = (long)row * classes;
            Short<V, T>(x + from, Math.Min(size, rows - row), classes, scale, logs == null ? null : logs + row, y == null ? null
                : y + from);
        });
    }

    [SkipLocalsInit]
    private static void Short<V, T>(T* x, int rows, int classes, T scale, T* logs, T* y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* memory = stackalloc T[ExpRows.Elements + ExpRows.Spare], shifts = stackalloc T[2 * ExpRows.MaxRows];
        T* e = CacheBlock.Aligned<T>((byte*)memory), bases = shifts + ExpRows.MaxRows;
        double* sums = stackalloc double[ExpRows.MaxRows + 4], logSums = stackalloc double[ExpRows.MaxRows + 4];
        int blockRows = ExpRows.BlockRows(classes);
        bool shifted = false, inPlace = x == y;
        for (int first = 0; first < rows; first += blockRows)
        {
            int count = Math.Min(blockRows, rows - first);
            ExpRows.Fill<V, T>(x, count, classes, scale, e, shifts, bases, ref shifted);
            RowStatistics.Sums<V, T>(e, count, classes, sums);
            RowStatistics.Logs(sums, shifts, count, logSums);
            T* end = x + (count * classes), yEnd = y == null || inPlace ? null : y + ((long)(first + count) * classes);
            for (int row = 0; row < count; row++, x += classes)
            {
                if (logs != null)
                    logs[first + row] = Whole(logSums[row], bases[row], scale, classes == 0 ? T.NaN : *x, x, classes);
                if (y != null)
                    LogProbabilities<V, T>(x, classes, end, scale, bases[row], logSums[row], y + ((long)(first + row) * classes), yEnd);
            }
        }
    }

    private static void Long<V, T>(T* x, int classes, T scale, T* log, T* y, int maxThreads, ref bool shifted)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = LongRow.Sum<V, T, MemoryRows<T>>(new MemoryRows<T>(x), 0, classes, scale, maxThreads, null, ref shifted, out T max);
        var anchor = new ShiftedExponential<V, T, Scaled>(V.Create(max), V.Create(scale));
        T rowBase = shifted ? anchor.Base.First : T.Zero;
        double total = RowStatistics.Log(sum, shifted ? anchor.Shift.First : T.Zero);
        if (log != null)
            *log = Whole(total, rowBase, scale, *x, x, classes);
        if (y == null)
            return;
        if (maxThreads > 1)
            LogProbabilitiesOverThreads<V, T>(x, classes, scale, rowBase, total, y, maxThreads);
        else
            LogProbabilities<V, T>(x, classes, x + classes, scale, rowBase, total, y, null);
    }

    /// <summary>The logarithm with its base; −∞ of a row that is all −∞, which has no softmax.</summary>
    private static T Whole<T>(double log, T rowBase, T scale, T first, T* x, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!double.IsNaN(log))
            return T.CreateTruncating(log + (double.CreateTruncating(rowBase) * double.CreateTruncating(scale)));
        return T.IsNegativeInfinity(first) && !new ReadOnlySpan<T>(x, classes).ContainsAnyExcept(T.NegativeInfinity) ? first : T.NaN;
    }

    private static void LogProbabilitiesOverThreads<V, T>(T* x, int count, T scale, T rowBase, double log, T* y, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Chunks.For(Chunks.Count(count, SoftmaxChunks.Elements), maxThreads, chunk =>
        {
            int from = chunk * SoftmaxChunks.Elements;
            LogProbabilities<V, T>(x + from, Math.Min(SoftmaxChunks.Elements, count - from), x + count, scale, rowBase, log,
                y + from, null);
        });

    /// <summary>(x − base)·scale minus the logarithm, which is split in two parts so that only the difference rounds.</summary>
    /// <param name="x">The logits.</param>
    /// <param name="count">Their number.</param>
    /// <param name="end">The end of the readable memory.</param>
    /// <param name="scale">1 / temperature.</param>
    /// <param name="rowBase">The base.</param>
    /// <param name="log">The logarithm.</param>
    /// <param name="y">The results.</param>
    /// <param name="yEnd">The end of the memory that results of a row narrower than a vector may overwrite; null for none.</param>
    private static void LogProbabilities<V, T>(T* x, int count, T* end, T scale, T rowBase, double log, T* y, T* yEnd)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (double.IsNaN(log))
        {
            new Span<T>(y, count).Fill(T.NaN);
            return;
        }

        T high = T.CreateTruncating(log), low = T.CreateTruncating(log - double.CreateTruncating(high));
        V bases = V.Create(rowBase), scales = V.Create(scale), highs = V.Create(high), lows = V.Create(low);
        if (count < V.Count)
        {
            V only = ((Lanes.LoadWithin<V, T>(x, count, end, T.Zero) - bases) * scales) - highs - lows;
            if (y + V.Count <= yEnd)
                only.Store(y);
            else
                only.StorePart(y, count);
            return;
        }

        // The last vector overlaps the previous one and is read before that is written.
        V last = ((V.Load(x + count - V.Count) - bases) * scales) - highs - lows;
        for (int i = 0; i <= count - V.Count; i += V.Count)
            (((V.Load(x + i) - bases) * scales) - highs - lows).Store(y + i);
        last.Store(y + count - V.Count);
    }
}
