using System.Numerics;

namespace Credence.Numerics;

/// <summary>The online softmax of one query's scores, block after block (M. Milakov, N. Gimelshein, 2018).</summary>
/// <remarks>
/// The accumulated sum is Σ e^(s − base)·2^−shift. Scores near 0 need neither. Otherwise the shift is the running maximum as a power of
/// two,
/// so that a new maximum rescales the sums exactly; where scores are so large that they must be subtracted first,
/// the base is the maximum. An exponential below 2^−126 of the maximum's (2^−1022 in double) is 0.
/// </remarks>
internal struct AttentionRow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A first block whose scores are within this distance of 0 is summed without a shift.
    private const int Near = 8;

    private T max;
    private T shift;
    private T rowBase;

    /// <summary>The sum of the exponentials.</summary>
    public double Sum { get; private set; }

    /// <summary>The state of a query without keys so far.</summary>
    public static AttentionRow<T> Empty => new() { max = T.NegativeInfinity };

    /// <summary>The logarithm of the sum of the scores' exponentials.</summary>
    public readonly double LogSumExp => Sum == 0
        ? double.NegativeInfinity
        : double.CreateTruncating(rowBase) + Math.FusedMultiplyAdd(double.CreateTruncating(shift), 0.6931471805599453, Log.Compute(Sum));

    /// <summary>Scores to exponentials, in place.</summary>
    /// <param name="scores">The scores, with space for two whole vectors.</param>
    /// <param name="count">The number of visible scores; values beyond, to the end of the vector, become 0.</param>
    /// <param name="mask">All bits set for each visible key, or null.</param>
    /// <param name="factor">The factor by which earlier sums must be multiplied.</param>
    /// <returns>Whether the factor differs from 1.</returns>
    public unsafe bool Add<V>(T* scores, int count, T* mask, out T factor)
        where V : struct, ILanes<V, T>
    {
        factor = T.One;
        if (count % V.Count != 0 || mask != null)
            Hide<V>(scores, count, mask);

        // A NaN may be missed here, but not by the sum.
        V high = V.Create(T.NegativeInfinity), low = V.Create(T.PositiveInfinity);
        for (int i = 0; i < count; i += V.Count)
        {
            // The minimum is over scores only: the padding beyond them depends on the vector width.
            V s = V.Load(scores + i);
            high = V.Max(high, s);
            low = V.Min(low, i + V.Count <= count ? s : V.Select(V.FirstLanes(count - i), s, low));
        }

        T highest = V.MaxAcross(high).First, near = T.CreateTruncating(Near);
        bool empty = T.IsNegativeInfinity(max), inRange = highest <= (empty ? near : max);
        bool narrow = inRange && V.Signs(V.LessThan(low, V.Create(-ExpLanes.NarrowLimit<T>()))) == 0;
        if (empty && narrow && highest >= -near)
            (max, empty) = (near, false);
        bool changed = (empty || !inRange) && Raise(highest, out factor);
        int written = Chunks.Count(count, V.Count) * V.Count;
        if (T.IsFinite(max))
        {
            if (narrow && max == near && shift == T.Zero)
            {
                ExpMaps.Spill<V, T, UnshiftedExponential<V, T, Unscaled>>(scores, written,
                    scores + written, scores, new(V.Constant(1), ExpLanes.Plain<V, T>()));
                new Span<T>(scores + count, written - count).Clear();
            }
            else
            {
                ShiftedRow<V>(scores, written);
            }

            Sum += Lanes.Sum<V, T>(scores, count);
        }
        else
        {
            // No visible key yet, or no softmax.
            var all = new Span<T>(scores, written);
            Sum = all.Contains(T.NaN) ? double.NaN : Sum;
            all.Clear();
        }

        max = double.IsNaN(Sum) ? T.NaN : max;
        return changed;
    }

    private readonly unsafe void ShiftedRow<V>(T* scores, int count)
        where V : struct, ILanes<V, T>
    {
        V shifts = V.Create(shift), bases = V.Create(rowBase);
        if (rowBase == T.Zero)
            ExpMaps.Spill<V, T, ShiftedExponential<V, T, Unscaled>>(scores, count,
                scores + count, scores, ShiftedExponential<V, T, Unscaled>.Plain(shifts, bases));
        else
            ExpMaps.Spill<V, T, ShiftedExponential<V, T, Scaled>>(scores, count,
                scores + count, scores, ShiftedExponential<V, T, Scaled>.Plain(shifts, bases));
    }

    private static unsafe void Hide<V>(T* scores, int count, T* mask)
        where V : struct, ILanes<V, T>
    {
        V hidden = V.Create(T.NegativeInfinity);
        for (int i = 0; i < count; i += V.Count)
        {
            V visible = V.FirstLanes(Math.Min(V.Count, count - i));
            if (mask != null)
                visible &= V.Load(mask + i);
            V.Select(visible, V.Load(scores + i), hidden).Store(scores + i);
        }
    }

    /// <summary>Sets a new maximum.</summary>
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

        var anchor = new ShiftedExponential<OneLane<T>, T, Scaled>(OneLane<T>.Create(max), OneLane<T>.Create(T.One));
        (shift, rowBase) = (anchor.Shift.First, anchor.Base.First);
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
