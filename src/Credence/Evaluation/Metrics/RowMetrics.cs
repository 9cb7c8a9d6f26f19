using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>The metrics that are means over rows, or follow from which rows are right: of the data, of a bootstrap draw, of drawn
/// labels.</summary>
internal readonly record struct RowMetrics(
    double Accuracy,
    double[] Scores,
    double MacroF1,
    double Aurc,
    double Augrc,
    double RiskAt50,
    double RiskAt80,
    double RiskAt90,
    double CoverageAt1,
    double CoverageAt5,
    double RefinedLogLoss,
    double RefinedBrier)
{
    /// <summary>The mean of −ln p(label).</summary>
    public double LogLoss => Mean(MetricName.LogLoss);

    /// <summary>The mean of Σ_k (p_k − [k = label])².</summary>
    public double Brier => Mean(MetricName.Brier);

    /// <summary>The mean of a score, by its metric's name.</summary>
    public double Mean(string name) => Scores[MetricCatalog.IndexOf(MetricCatalog.Scores, name)];

    /// <summary>The metrics of rows under other weights.</summary>
    /// <param name="rows">The rows, in the order of confidence.</param>
    /// <param name="refined">Log loss and Brier score of each at the best temperature.</param>
    /// <param name="weights">One weight per row in that order, of mean one.</param>
    /// <param name="counts">Memory for the counts of classes.</param>
    public static RowMetrics Compute(SortedRows rows, RefinedRows refined, ReadOnlySpan<double> weights, ClassCounts counts)
    {
        counts.Clear();
        double total = 0, refinedLogLoss = 0, refinedBrier = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double weight = weights[i];
            if (weight > 0)
            {
                total += weight;
                refinedLogLoss += weight * refined.LogLoss[i];
                refinedBrier += weight * refined.Brier[i];
                counts.Add(rows.Truth[i], rows.Predicted[i], weight);
            }
        }

        var means = new double[rows.Scores.Length];
        for (int score = 0; score < means.Length; score++)
            means[score] = Sum(weights, rows.Scores[score]) / total;

        return Compute(rows, weights, rows.Correct, means, counts.MacroF1()) with
        {
            RefinedLogLoss = refinedLogLoss / total,
            RefinedBrier = refinedBrier / total,
        };
    }

    /// <summary>The metrics of rows whose means are known.</summary>
    public static RowMetrics Compute(
        SortedRows rows, ReadOnlySpan<double> weights, ReadOnlySpan<bool> correct, double[] means, double macroF1)
    {
        RiskMetrics risks = RiskCoverage.Figures(rows.Groups, weights, correct, rows.Harmonics);
        return new RowMetrics(
            risks.Accuracy, means, macroF1, risks.Aurc, risks.Augrc,
            risks.RiskAt50, risks.RiskAt80, risks.RiskAt90, risks.CoverageAt1, risks.CoverageAt5, double.NaN, double.NaN);
    }

    private static double Sum(ReadOnlySpan<double> weights, ReadOnlySpan<double> scores)
    {
        // A row of weight 0 may have an infinite score.
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
                sum += weights[i] * scores[i];
        }

        return sum;
    }
}
