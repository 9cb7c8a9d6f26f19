using System.Numerics;

namespace Credence.Numerics;

/// <summary>The smoothed, focal and distribution losses of a block's rows, from their exponentials.</summary>
internal static unsafe class RowLosses
{
    /// <summary>One loss per row, unweighted, and the slope that its gradient is multiplied by.</summary>
    public static void Fill<T>(
        T* x, T* e, int firstRow, int rows, int classes, LossRule<T> rule, double* sums, T* shifts, T* bases, double* losses,
            double* slopes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < rows; row++)
        {
            (double Logits, double Mass) moments = rule.Moments(x + (row * classes), firstRow + row, classes);
            double surprise = 0;
            if (rule.Labels != null)
            {
                int at = (row * classes) + rule.Labels[firstRow + row];
                surprise = NegativeLogLikelihood.One(sums[row], double.CreateTruncating(e[at]), shifts[row], bases[row], x[at]);
            }

            double log = RowStatistics.Log(sums[row], shifts[row]) + double.CreateTruncating(bases[row]);
            (losses[row], slopes[row]) = rule.Of(surprise, log, moments);
        }
    }
}
