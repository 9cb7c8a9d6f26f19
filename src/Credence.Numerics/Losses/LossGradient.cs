using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The gradients of rows' losses: weight·slope·(probabilities − truth).</summary>
internal static unsafe class LossGradient
{
    /// <summary>The gradients of a block's rows from their exponentials.</summary>
    /// <param name="e">[rows, classes], with a vector's room beyond; or, of one row, the gradient's own memory.</param>
    /// <param name="firstRow">The block's first row, for the rule.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="rule">The truth.</param>
    /// <param name="weights">One weight per row, or null.</param>
    /// <param name="sums">The sum of each row's exponentials.</param>
    /// <param name="slopes">One slope per row.</param>
    /// <param name="y">[rows, classes].</param>
    public static void Rows<V, T>(
        T* e, int firstRow, int rows, int classes, LossRule<T> rule, T* weights, double* sums, double* slopes, T* y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* end = y + ((long)rows * classes);
        for (int row = 0; row < rows; row++, e += classes, y += classes)
        {
            double weight = (weights == null ? 1 : double.CreateTruncating(weights[row])) * slopes[row];
            double factor = weight / sums[row];
            if (weight == 0 || double.IsNaN(factor))
            {
                new Span<T>(y, classes).Fill(weight == 0 ? T.Zero : T.NaN);
                continue;
            }

            if (rule.Targets != null)
            {
                T* t = rule.Targets + ((long)(firstRow + row) * classes);
                double mass = rule.Moments(t, firstRow + row, classes).Mass;
                Against<V, T>(e, classes, T.CreateTruncating(factor * mass), t, T.CreateTruncating(weight), y);
                continue;
            }

            double everywhere = -weight * rule.Everywhere(classes);
            if (everywhere == 0 && classes > Lanes.Short)
                RowScale.Multiply<V, T>(e, classes, T.CreateTruncating(factor), y);
            else
                Row<V, T>(e, classes, T.CreateTruncating(factor), T.CreateTruncating(everywhere), y, end);
            y[rule.Labels[firstRow + row]] -= T.CreateTruncating(weight * rule.AtLabel);
        }
    }

    /// <summary>
    /// y = e·factor + shift. The last vector of a row that another follows is stored whole: what spills is overwritten.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<V, T>(T* e, int count, T factor, T shift, T* y, T* end)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V factors = V.Create(factor), shifts = V.Create(shift);
        int i = 0;
        for (; i <= count - (2 * V.Count); i += 2 * V.Count)
        {
            V first = V.Fma(V.Load(e + i), factors, shifts), second = V.Fma(V.Load(e + i + V.Count), factors, shifts);
            first.Store(y + i);
            second.Store(y + i + V.Count);
        }

        for (; i < count; i += V.Count)
        {
            if (y + i + V.Count <= end)
                V.Fma(V.Load(e + i), factors, shifts).Store(y + i);
            else
                Rest(e + i, Math.Min(V.Count, count - i), factors, shifts, y + i);
        }
    }

    private static void Rest<V, T>(T* e, int count, V factors, V shifts, T* y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Fma(V.LoadPart(e, count, T.Zero), factors, shifts).StorePart(y, count);

    /// <summary>y = e·factor − t·weight.</summary>
    private static void Against<V, T>(T* e, int count, T factor, T* t, T weight, T* y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V factors = V.Create(factor), weights = V.Create(-weight);
        int i = 0;
        for (; i <= count - V.Count; i += V.Count)
            V.Fma(V.Load(e + i), factors, V.Load(t + i) * weights).Store(y + i);
        if (i < count)
            Rest(e + i, count - i, factors, V.LoadPart(t + i, count - i, T.Zero) * weights, y + i);
    }
}

/// <summary>The gradient of −ln p of each row's label: what is left to do once a row's probabilities, times its weight, are
/// there.</summary>
/// <param name="labels">One label per row.</param>
/// <param name="weights">One weight per row, where there are any.</param>
/// <param name="sums">Where the sums of longer rows go.</param>
/// <param name="shortSums">Where the sums of short rows go.</param>
/// <param name="own">Where the labels' own exponentials go, of short rows.</param>
internal readonly unsafe struct LabelGradient<T, TWeighting>(int* labels, T* weights, double* sums, T* shortSums, T* own) : IRowFinish<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TWeighting : struct, IScaling
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Numerator(int row) => TWeighting.IsScaled ? weights[row] : T.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End(int row, double sum, T* y)
    {
        sums[row] = sum;
        y[labels[row]] -= Numerator(row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndShort(int row, T sum, T factor, T* e, T* y)
    {
        int label = labels[row];
        T atLabel = e[label];
        shortSums[row] = sum;
        own[row] = atLabel;
        y[label] = (atLabel * factor) - Numerator(row);
    }
}
