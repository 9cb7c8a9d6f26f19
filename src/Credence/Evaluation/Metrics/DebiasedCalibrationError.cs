using Credence.Data;

namespace Credence.Evaluation.Metrics;

/// <summary>Σ_b W_b/n · [(confidence_b − accuracy_b)² − accuracy_b (1 − accuracy_b) / (n_b − 1)]: the squared calibration error less what
/// chance adds to it, so that it is right on average and can be negative (J. Bröcker 2012; A. Kumar, P. Liang, T. Ma 2019). With unequal
/// weights n_b is (Σw)² / Σw². Bins of n_b ≤ 1 are left out, for they say nothing of chance.</summary>
internal sealed class DebiasedCalibrationError
{
    private readonly SortedRows rows;
    private readonly Partition bins;
    private readonly double[] shares;
    private readonly double[] effective;

    public DebiasedCalibrationError(SortedRows rows, Partition bins)
    {
        this.rows = rows;
        this.bins = bins;
        shares = new double[bins.Cells];
        effective = new double[bins.Cells];
        for (int bin = 0; bin < bins.Cells; bin++)
        {
            double sum = 0, squares = 0;
            for (int row = bins.Start(bin); row < bins.End(bin); row++)
            {
                sum += rows.Weights[row];
                squares += rows.Weights[row] * rows.Weights[row];
            }

            shares[bin] = sum / rows.Count;
            effective[bin] = RowWeights.EffectiveSize(sum, squares);
        }
    }

    /// <summary>The metric; NaN where every bin is left out.</summary>
    /// <param name="gaps">Each bin's gap.</param>
    /// <param name="correct">Whether each row was right, in the order of confidence.</param>
    public double Of(ReadOnlySpan<double> gaps, ReadOnlySpan<bool> correct)
    {
        double sum = 0;
        bool any = false;
        for (int bin = 0; bin < bins.Cells; bin++)
        {
            if (!(effective[bin] > 1 + 1e-9))
                continue;

            double right = 0;
            for (int row = bins.Start(bin); row < bins.End(bin); row++)
                right += correct[row] ? rows.Weights[row] : 0;

            double accuracy = right / (shares[bin] * rows.Count);
            double gap = gaps[bin] / shares[bin];
            sum += shares[bin] * ((gap * gap) - (accuracy * (1 - accuracy) / (effective[bin] - 1)));
            any = true;
        }

        return any ? sum : double.NaN;
    }
}
