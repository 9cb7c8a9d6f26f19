using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>The softmax of one query's scores as they come, block after block (M. Milakov, N. Gimelshein, 2018).</summary>
/// <remarks>
/// What has been added up is Σ e^(s − base)·2^−shift. Scores near 0 need neither. Elsewhere the shift is the running maximum as a power of two,
/// so that taking a new maximum multiplies the sums exactly; and where scores are so large that they must be subtracted from each other first,
/// the base is the maximum.
/// </remarks>
internal struct AttentionRow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A first block whose largest score is no further from 0 is added up as it is.
    private const int Near = 8;

    private T max;
    private T shift;
    private T rowBase;

    /// <summary>The sum of the exponentials.</summary>
    public double Sum { get; private set; }

    /// <summary>A query that has seen nothing.</summary>
    public static AttentionRow<T> Empty => new() { max = T.NegativeInfinity };

    /// <summary>The logarithm of the sum of the scores' exponentials.</summary>
    public readonly double LogSumExp => Sum == 0
        ? double.NegativeInfinity
        : double.CreateTruncating(rowBase) + Math.FusedMultiplyAdd(double.CreateTruncating(shift), 0.6931471805599453, Log.Compute(Sum));

    /// <summary>Scores to exponentials, in place.</summary>
    /// <param name="scores">So many scores, and room for whole vectors.</param>
    /// <param name="count">Scores in sight; what is beyond, to the end of the vector, becomes 0.</param>
    /// <param name="mask">All bits set for each key in sight, or null.</param>
    /// <param name="factor">What sums so far must be multiplied by.</param>
    /// <returns>Whether the factor is another than 1.</returns>
    public unsafe bool Add(T* scores, int count, T* mask, out T factor)
    {
        int width = Vector512<T>.Count;
        factor = T.One;
        if (count % width != 0 || mask != null)
            Hide(scores, count, mask);

        // Comparisons that NaN fails, too.
        T near = T.CreateTruncating(Near);
        bool empty = T.IsNegativeInfinity(max);
        Vector512<T> highest = Vector512.Create(empty ? near : max), lowest = Vector512.Create(-ExpLanes.NarrowLimit<T>());
        Vector512<T> belowHighest = Vector512<T>.AllBitsSet, aboveLowest = belowHighest, aboveNear = Vector512<T>.Zero;
        for (int i = 0; i < count; i += width)
        {
            Vector512<T> s = Vector512.Load(scores + i);
            belowHighest &= Vector512.LessThanOrEqual(s, highest);
            aboveLowest &= Vector512.GreaterThanOrEqual(s, lowest);
            aboveNear |= Vector512.GreaterThanOrEqual(s, Vector512.Create(-near));
        }

        bool inRange = AllSet(belowHighest), narrow = inRange && AllSet(aboveLowest);
        if (empty && narrow && aboveNear != Vector512<T>.Zero)
            (max, empty) = (near, false);
        bool changed = (empty || !inRange) && Raise(ExpRows.Max(scores, Chunks.Count(count, width) * width, T.One), out factor);
        if (!T.IsFinite(max))
        {
            // Nothing in sight yet, or no softmax.
            new Span<T>(scores, Chunks.Count(count, width) * width).Clear();
            return changed;
        }

        Vector512<T> sum = narrow && max == near && shift == T.Zero ? Narrow(scores, count) : Shifted(scores, count);
        Sum += double.CreateTruncating(Lanes.Sum(sum));
        return changed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AllSet(Vector512<T> v) => v.As<T, byte>() == Vector512<byte>.AllBitsSet;

    private static unsafe Vector512<T> Narrow(T* scores, int count)
    {
        Vector512<T> sum = Vector512<T>.Zero;
        for (int i = 0; i < count; i += Vector512<T>.Count)
        {
            Vector512<T> e = ExpLanes.Narrow(Vector512.Load(scores + i));
            sum += e;
            e.Store(scores + i);
        }

        return sum;
    }

    private readonly unsafe Vector512<T> Shifted(T* scores, int count)
    {
        Vector512<T> shifts = Vector512.Create(shift), bases = Vector512.Create(rowBase), top = Vector512.Create(max - rowBase);
        Vector512<T> cutoff = Vector512.Create(max - rowBase - ExpLanes.Vanishing<T>()), sum = Vector512<T>.Zero;
        for (int i = 0; i < count; i += Vector512<T>.Count)
        {
            Vector512<T> e = ExpLanes.Shifted(Vector512.Load(scores + i) - bases, shifts, cutoff, top);
            sum += e;
            e.Store(scores + i);
        }

        return sum;
    }

    private static unsafe void Hide(T* scores, int count, T* mask)
    {
        int width = Vector512<T>.Count;
        Vector512<T> hidden = Vector512.Create(T.NegativeInfinity);
        for (int i = 0; i < count; i += width)
        {
            Vector512<T> visible = Lanes.Mask<T>(Math.Min(width, count - i));
            if (mask != null)
                visible &= Vector512.Load(mask + i);
            Vector512.ConditionalSelect(visible, Vector512.Load(scores + i), hidden).Store(scores + i);
        }
    }

    /// <summary>Takes a new maximum.</summary>
    private bool Raise(T to, out T factor)
    {
        (T oldMax, T oldShift, T oldBase) = (max, shift, rowBase);
        factor = T.One;
        if (T.IsNaN(oldMax))
            return false;

        max = T.IsPositiveInfinity(to) ? T.NaN : to;
        if (!T.IsFinite(max))
        {
            Sum = T.IsNaN(max) ? double.NaN : Sum;
            return false;
        }

        (shift, rowBase) = ExpRows.Shift(max);
        if (T.IsNegativeInfinity(oldMax) || (shift == oldShift && rowBase == oldBase))
            return false;

        double exact = rowBase == oldBase
            ? double.ScaleB(1, int.CreateSaturating(oldShift - shift))
            : Exp.Compute(double.CreateTruncating(oldBase - rowBase) + (double.CreateTruncating(oldShift - shift) * 0.6931471805599453));
        factor = T.CreateTruncating(exact);
        Sum *= double.CreateTruncating(factor);
        return true;
    }
}
