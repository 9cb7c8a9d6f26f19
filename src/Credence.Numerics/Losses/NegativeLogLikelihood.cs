using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>−ln p of labels.</summary>
/// <remarks>
/// It is the logarithm of the sum of a row's exponentials over the label's own, so that rounding cannot make it negative; where that is out
/// of
/// range, it is computed from the logits.
/// </remarks>
internal static unsafe class NegativeLogLikelihood
{
    // One logarithm serves the ratios of four rows: their product stays in the range of a double, where that of double exponentials might
    // not.
    private const int Group = 4;

    /// <summary>A label's own exponential below which the logit is needed.</summary>
    public const double Vanishing = 1e-250;

    /// <summary>The weighted sum over a block's rows.</summary>
    /// <param name="sums">The sum of each row's exponentials; room for 16 more.</param>
    /// <param name="own">The label's own exponential of each row; room for 16 more.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="shifts">A row's N.</param>
    /// <param name="bases">A row's base.</param>
    /// <param name="x">The logits.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="labels">One label per row.</param>
    /// <param name="weights">One weight per row, or null.</param>
    public static double Sum<T>(double* sums, double* own, int rows, T* shifts, T* bases, T* x, int classes, int* labels, T* weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float) && weights == null)
        {
            double total = LaneWidth.Bits switch
            {
                >= 256 => OfProducts<Lanes256<double>>(sums, own, rows),
                128 => OfProducts<Lanes128<double>>(sums, own, rows),
                _ => OfProducts<OneLane<double>>(sums, own, rows),
            };
            if (double.IsFinite(total))
                return total;
        }

        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            double surprise = One(sums[row], own[row], shifts[row], bases[row], x[(row * classes) + labels[row]]);
            sum += CrossEntropyRows.Weighted(surprise, weights == null ? 1 : double.CreateTruncating(weights[row]));
        }

        return sum;
    }

    /// <summary>−ln p of one row.</summary>
    public static double One<T>(double sum, double own, T shift, T rowBase, T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (double.IsNaN(sum))
            return double.NaN;
        return own >= Vanishing
            ? Log.Compute(sum / own)
            : RowStatistics.Log(sum, shift) + (double.CreateTruncating(rowBase) - double.CreateTruncating(x));
    }

    /// <summary>
    /// The logarithms' sum: of every 16 rows, row j with rows j + 4, j + 8 and j + 12; the four sums in order.
    /// </summary>
    private static double OfProducts<V>(double* sums, double* own, int rows)
        where V : struct, ILanes<V, double>
    {
        double* logs = stackalloc double[Group];
        for (int row = rows; row < (rows + 15 & ~15); row++)
            sums[row] = own[row] = 1;
        V zero = V.Constant(0);
        for (int lane = 0; lane < Group; lane += V.Count)
        {
            V total = zero;
            for (int row = lane; row < rows; row += 4 * Group)
            {
                V above = Product<V>(sums + row), below = Product<V>(own + row);
                total += LogLanes.Full<V, double>(above / below);
            }

            total.Store(logs + lane);
        }

        return ((logs[0] + logs[1]) + logs[2]) + logs[3];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Product<V>(double* x)
        where V : struct, ILanes<V, double> =>
        (V.Load(x) * V.Load(x + Group)) * (V.Load(x + (2 * Group)) * V.Load(x + (3 * Group)));
}
