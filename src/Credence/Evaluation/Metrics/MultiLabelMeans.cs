namespace Credence.Evaluation.Metrics;

/// <summary>What follows of rows with several labels under some weights: of the data, of a bootstrap draw.</summary>
internal readonly record struct MultiLabelMeans(double MacroF1, double MicroF1, double Exact, double LogLoss, double Brier)
{
    /// <summary>From counts under the weights, and each row's losses.</summary>
    public static MultiLabelMeans Compute(MultiLabelCounts counts, double[] logLoss, double[] brier, double[] weights)
    {
        double losses = 0, squares = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            losses += weights[row] > 0 ? weights[row] * logLoss[row] : 0;
            squares += weights[row] * brier[row];
        }

        return new MultiLabelMeans(counts.MacroF1(), counts.MicroF1(), counts.Exact, losses / weights.Length, squares / weights.Length);
    }
}
