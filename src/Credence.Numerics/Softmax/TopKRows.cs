using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The k largest of rows.</summary>
internal static unsafe class TopKRows
{
    /// <summary>The largest values of rows.</summary>
    public static void Select<T>(ReadOnlySpan<T> scores, int classes, int count, Span<int> labels, Span<T> values, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Check(scores, classes, count, labels, values, nameof(scores), nameof(values));
        maxThreads = Chunks.Threads(maxThreads);
        fixed (T* x = scores, y = values)
        {
            fixed (int* found = labels)
            {
                if (maxThreads > 1 && rows > SoftmaxChunks.Rows(classes))
                    OverThreads(x, rows, classes, count, found, y, maxThreads);
                else
                    Rows(x, rows, classes, count, found, y);
            }
        }
    }

    /// <summary>The largest softmax probabilities of rows.</summary>
    public static void Forward<T>(
        ReadOnlySpan<T> logits, int classes, int count, Span<int> labels, Span<T> probabilities, T temperature, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Check(logits, classes, count, labels, probabilities, nameof(logits), nameof(probabilities));
        Shape.Temperature(double.CreateTruncating(temperature));
        maxThreads = Chunks.Threads(maxThreads);
        fixed (T* x = logits, y = probabilities)
        {
            fixed (int* found = labels)
            {
                if (maxThreads > 1 && rows > SoftmaxChunks.Rows(classes))
                    ForwardOverThreads(x, rows, classes, count, found, y, temperature, maxThreads);
                else
                    ForwardSome(x, rows, classes, count, found, y, temperature);
            }
        }
    }

    private static int Check<T>(
        ReadOnlySpan<T> scores, int classes, int count, ReadOnlySpan<int> labels, ReadOnlySpan<T> values, string scoresName,
            string valuesName)
    {
        int rows = Shape.Rows(scores.Length, classes, scoresName);
        if (count < 1 || (count > classes && rows > 0))
            throw new ArgumentOutOfRangeException(nameof(count), count, $"With {classes} classes the count must be from 1 to {classes}.");
        Shape.AtLeast(labels.Length, (long)rows * count, nameof(labels));
        Shape.AtLeast(values.Length, (long)rows * count, valuesName);
        Shape.Apart(scores, values, valuesName);
        return rows;
    }

    private static void OverThreads<T>(T* x, int rows, int classes, int count, int* labels, T* values, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = SoftmaxChunks.Rows(classes);
        Chunks.For(Chunks.Count(rows, size), maxThreads, chunk =>
        {
            nint from = (nint)chunk * size;
            Rows(x + (from * classes), Math.Min(size, rows - (int)from), classes, count, labels + (from * count), values + (from * count));
        });
    }

    private static void ForwardOverThreads<T>(
        T* x, int rows, int classes, int count, int* labels, T* values, T temperature, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = SoftmaxChunks.Rows(classes);
        Chunks.For(Chunks.Count(rows, size), maxThreads, chunk =>
        {
            nint from = (nint)chunk * size;
            ForwardSome(
                x + (from * classes), Math.Min(size, rows - (int)from), classes, count, labels + (from * count),
                    values + (from * count), temperature);
        });
    }

    private static void ForwardSome<T>(T* x, int rows, int classes, int count, int* labels, T* values, T temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows == 0)
            return;

        // As many rows at once as stay in the L1 cache until they are searched.
        int size = Math.Clamp(ExpRows.Elements / classes, 1, rows);
        T[] memory = ArrayPool<T>.Shared.Rent(size * classes);
        fixed (T* probabilities = memory)
        {
            for (int row = 0; row < rows; row += size)
            {
                int some = Math.Min(size, rows - row);
                SoftmaxRows.Forward(
                    new ReadOnlySpan<T>(x + ((nint)row * classes), some * classes), classes, new Span<T>(probabilities, some * classes),
                        temperature, 1);
                Rows(probabilities, some, classes, count, labels + ((nint)row * count), values + ((nint)row * count));
            }
        }

        ArrayPool<T>.Shared.Return(memory);
    }

    private static void Rows<T>(T* x, int rows, int classes, int count, int* labels, T* values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (LaneWidth.Bits)
        {
            case 512: Rows<Lanes512<T>, T>(x, rows, classes, count, labels, values); break;
            case 256: Rows<Lanes256<T>, T>(x, rows, classes, count, labels, values); break;
            case 128: Rows<Lanes128<T>, T>(x, rows, classes, count, labels, values); break;
            default: Rows<OneLane<T>, T>(x, rows, classes, count, labels, values); break;
        }
    }

    private static void Rows<V, T>(T* x, int rows, int classes, int count, int* labels, T* values)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (classes <= Lanes.Wide<T>())
        {
            if (count == 1)
                TopKShortRow.First<V, T>(x, rows, classes, labels, values);
            else
                TopKShortRow.Run<V, T>(x, rows, classes, count, labels, values);
            return;
        }

        for (int row = 0; row < rows; row++, x += classes, labels += count, values += count)
        {
            if (count > 1 || !TryFirst<V, T>(x, classes, labels, values))
                Row<V, T>(x, classes, count, labels, values);
        }
    }

    /// <summary>The largest number of a row of more than one vector; false if it has none above −∞.</summary>
    private static bool TryFirst<V, T>(T* x, int classes, int* label, T* value)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int best = 0;
        T max = T.NegativeInfinity;
        for (int from = 0; from < classes; from += ExpRows.Elements)
        {
            T here = Max<V, T>(x + from, Math.Min(ExpRows.Elements, classes - from));
            if (here > max)
                (max, best) = (here, from);
        }

        if (T.IsNegativeInfinity(max))
            return false;

        // It is in this segment, whose last vector overlaps the previous one.
        V wanted = V.Create(max);
        for (int i = best; ; i += V.Count)
        {
            int at = Math.Min(i, classes - V.Count);
            uint equal = V.Signs(V.Equal(V.Load(x + at), wanted));
            if (equal != 0)
            {
                *label = at + BitOperations.TrailingZeroCount(equal);
                *value = x[*label];
                return true;
            }
        }
    }

    /// <summary>The largest of some numbers, ignoring NaN.</summary>
    private static T Max<V, T>(T* x, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        V first = V.Create(T.NegativeInfinity), second = first;
        for (; i <= count - (2 * V.Count); i += 2 * V.Count)
        {
            V a = V.Load(x + i), b = V.Load(x + i + V.Count);
            first = V.Select(V.LessThan(first, a), a, first);
            second = V.Select(V.LessThan(second, b), b, second);
        }

        T max = V.MaxAcross(V.Max(first, second)).First;
        for (; i < count; i++)
            max = x[i] > max ? x[i] : max;
        return max;
    }

    /// <summary>One row; its part of the output is the heap.</summary>
    private static void Row<V, T>(T* x, int classes, int count, int* labels, T* values)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < count; i++)
            (values[i], labels[i]) = (x[i], i);
        for (int i = (count / 2) - 1; i >= 0; i--)
            Sink(values, labels, i, count, values[i], labels[i]);

        int label = count;
        while (label < classes && T.IsNaN(values[0]))
            label = Take(x, label, label + 1, count, labels, values);
        for (; label <= classes - (2 * V.Count); label += 2 * V.Count)
        {
            V worst = V.Broadcast(values);
            V first = V.LessThan(worst, V.Load(x + label)), second = V.LessThan(worst, V.Load(x + label + V.Count));
            if (V.Signs(first | second) == 0)
                continue;
            uint better = V.Signs(first) | (V.Signs(second) << V.Count);
            for (; better != 0; better &= better - 1)
            {
                int one = label + BitOperations.TrailingZeroCount(better);
                if (x[one] > values[0])
                    Sink(values, labels, 0, count, x[one], one);
            }
        }

        Take(x, label, classes, count, labels, values);
        for (int end = count - 1; end > 0; end--)
        {
            (T value, int last) = (values[end], labels[end]);
            (values[end], labels[end]) = (values[0], labels[0]);
            Sink(values, labels, 0, end, value, last);
        }
    }

    private static int Take<T>(T* x, int from, int end, int count, int* labels, T* values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int label = from; label < end; label++)
        {
            if (x[label] > values[0] || (T.IsNaN(values[0]) && !T.IsNaN(x[label])))
                Sink(values, labels, 0, count, x[label], label);
        }

        return end;
    }

    /// <summary>Puts an element into the hole at <paramref name="at"/>, worse ones above better ones.</summary>
    private static void Sink<T>(T* values, int* labels, int at, int count, T value, int label)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int child = (2 * at) + 1; child < count; child = (2 * at) + 1)
        {
            if (child + 1 < count && IsWorse(values[child + 1], labels[child + 1], values[child], labels[child]))
                child++;
            if (!IsWorse(values[child], labels[child], value, label))
                break;
            (values[at], labels[at]) = (values[child], labels[child]);
            at = child;
        }

        (values[at], labels[at]) = (value, label);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWorse<T>(T value, int label, T than, int thanLabel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        value < than || (!(value > than) && (T.IsNaN(value) == T.IsNaN(than) ? label > thanLabel : T.IsNaN(value)));
}
