using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The k largest of rows of at most <see cref="Lanes.Wide"/> classes: each element's rank is counted, without a branch; the first
/// alone needs none.</summary>
internal static unsafe class TopKShortRow
{
    /// <summary>The rows.</summary>
    [SkipLocalsInit]
    public static void Run<V, T>(T* x, int rows, int classes, int count, int* labels, T* values)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Lanes.Wide<T>();
        T* keys = stackalloc T[3 * width], ranks = keys + width, sorted = ranks + width;
        int* order = stackalloc int[width];
        V nothing = V.Constant(double.NaN);
        T* end = x + ((nint)rows * classes);
        for (; x < end; x += classes, labels += count, values += count)
        {
            for (int i = 0; i < classes; i += V.Count)
            {
                V v = Lanes.LoadWithin<V, T>(x + i, Math.Min(V.Count, classes - i), end, T.NaN);
                Key<V, T>(V.Select(V.FirstLanes(Math.Min(V.Count, classes - i)), v, nothing)).Store(keys + i);
            }

            for (int i = 0; i < classes; i += V.Count)
                Rank<V, T>(keys, i, classes).Store(ranks + i);
            for (int j = 0; j < classes; j++)
            {
                int place = typeof(T) == typeof(float) ? -((int*)ranks)[j] : (int)-((long*)ranks)[j];
                sorted[place] = x[j];
                order[place] = j;
            }

            for (int i = 0; i < count; i++)
            {
                values[i] = sorted[i];
                labels[i] = order[i];
            }
        }
    }

    /// <summary>The largest of each row alone: of the elements equal to the largest number the first, or the row's first NaN.</summary>
    public static void First<V, T>(T* x, int rows, int classes, int* labels, T* values)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V least = V.Create(T.NegativeInfinity);
        T* end = x + ((nint)rows * classes);
        for (; x < end; x += classes, labels++, values++)
        {
            V max = least;
            for (int i = 0; i < classes; i += V.Count)
            {
                int count = Math.Min(V.Count, classes - i);
                V v = Lanes.LoadWithin<V, T>(x + i, count, end, T.NaN);
                max = V.Select(V.LessThan(max, v) & V.FirstLanes(count), v, max);
            }

            max = V.MaxAcross(max);
            uint equal = 0;
            for (int i = 0; i < classes; i += V.Count)
            {
                int count = Math.Min(V.Count, classes - i);
                V v = Lanes.LoadWithin<V, T>(x + i, count, end, T.NaN);
                equal |= V.Signs(V.Equal(v, max) & V.FirstLanes(count)) << i;
            }

            *labels = equal == 0 ? 0 : BitOperations.TrailingZeroCount(equal);
            *values = x[*labels];
        }
    }

    /// <summary>The number of elements that rank before each, negated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rank<V, T>(T* keys, int from, int classes)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        // An equal element ranks before where its label is smaller.
        V key = V.Load(keys + from), less = V.AddBits(key, V.FromBits(-1)), rank = V.Constant(0);
        int j = 0, end = Math.Min(from + V.Count, classes);
        for (; j < from; j++)
            rank = V.AddBits(rank, V.BitsAbove(V.Broadcast(keys + j), less));
        for (; j < end; j++)
            rank = V.AddBits(rank, V.BitsAbove(V.Broadcast(keys + j), V.Select(V.FirstLanes(j + 1 - from), key, less)));
        for (; j < classes; j++)
            rank = V.AddBits(rank, V.BitsAbove(V.Broadcast(keys + j), key));
        return rank;
    }

    /// <summary>Whole numbers in the order of the numbers, −0 like 0 and NaN below all, that can be lessened by 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Key<V, T>(V v)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        bool single = typeof(T) == typeof(float);
        V zero = V.Constant(0), bits = v + zero;
        bits ^= V.BitsAbove(zero, bits) & V.FromBits(single ? int.MaxValue : long.MaxValue);
        return V.Select(V.Equal(v, v), bits, V.FromBits(single ? int.MinValue + 1 : long.MinValue + 1));
    }
}
