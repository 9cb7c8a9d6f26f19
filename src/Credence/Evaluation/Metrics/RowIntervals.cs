using Credence.Evaluation.Intervals;
using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>The intervals of the metrics that are means over rows, or that rows move as they do a mean: each row's influence on the metric
/// (F. Hampel 1974)
/// gives its standard error and skewness, so that nothing is drawn.</summary>
/// <param name="rows">The rows, in the order of confidence.</param>
/// <param name="clusters">The clusters of rows, or null where all are independent.</param>
/// <param name="refined">Log loss and Brier score of each at the best temperature.</param>
/// <param name="counts">The counts of classes of these rows.</param>
/// <param name="value">The metrics of these rows.</param>
/// <param name="effective">The effective number of rows.</param>
internal sealed class RowIntervals(
    SortedRows rows, RowClusters? clusters, RefinedRows refined, ClassCounts counts, RowMetrics value, double effective)
{
    // Rows on either side of a coverage, as a share of all, whose errors give the risk just there.
    private const double Near = 0.1;

    private readonly double[] parts = new double[rows.Count];

    /// <summary>The moves of what is independent: of rows, or of clusters.</summary>
    private double[] Units => clusters is null ? parts : clusters.Summed(parts, rows.Rows);

    public Interval RefinedLogLoss => Mean(refined.LogLoss, value.RefinedLogLoss, double.PositiveInfinity);

    public Interval RefinedBrier => Mean(refined.Brier, value.RefinedBrier, 2);

    /// <summary>The standard error of the reduction of the log loss by the best temperature: to first order the temperature counts as
    /// known.</summary>
    public double LogLossGainError => GainError(rows.LogLoss, refined.LogLoss, value.LogLoss - value.RefinedLogLoss);

    /// <summary>The same of the Brier score.</summary>
    public double BrierGainError => GainError(rows.Brier, refined.Brier, value.Brier - value.RefinedBrier);

    public Interval MacroF1
    {
        get
        {
            int classes = 0;
            for (int k = 0; k < counts.Classes; k++)
                classes += counts.Total(k) > 0 ? 1 : 0;

            for (int i = 0; i < parts.Length; i++)
            {
                int truth = rows.Truth[i], said = rows.Predicted[i];
                double move = rows.Correct[i] ? (2 - (2 * counts.F1(truth))) / counts.Total(truth)
                    : -(counts.F1(truth) / counts.Total(truth)) - (counts.F1(said) / counts.Total(said));
                parts[i] = rows.Weights[i] > 0 ? rows.Weights[i] * rows.Count * move / classes : 0;
            }

            return MeanInterval.Compute(value.MacroF1, Units, 0, 1);
        }
    }

    public Interval Aurc
    {
        get
        {
            RiskCoverage.AurcParts(rows, value.Aurc, parts);
            return MeanInterval.Compute(value.Aurc, Units, 0, 1);
        }
    }

    public Interval Augrc
    {
        get
        {
            RiskCoverage.AugrcParts(rows, value.Augrc, parts);
            return MeanInterval.Compute(value.Augrc, Units, 0, 1);
        }
    }

    /// <summary>Wilson's interval of the risk among the most confident, of as many rows as vary by what the risk does: by the errors among
    /// them, and by which rows
    /// they are, (R(1 − R)/c + (r − R)²(1 − c)/c)/n with r the risk just at the coverage.</summary>
    /// <param name="coverage">c.</param>
    /// <param name="risk">R.</param>
    public Interval RiskAt(double coverage, double risk)
    {
        if (rows.Count < 2)
            return Interval.None;

        double covered = 0, weight = 0, wrong = 0;
        for (int i = rows.Count - 1; i >= 0; i--)
        {
            covered += rows.Weights[i];
            if (Math.Abs((covered / rows.Count) - coverage) > Near)
                continue;

            weight += rows.Weights[i];
            wrong += rows.Correct[i] ? 0 : rows.Weights[i];
        }

        double here = weight > 0 ? wrong / weight : risk, own = risk * (1 - risk);
        double spread = own + ((here - risk) * (here - risk) * (1 - coverage));
        return Interval.Wilson(risk, Math.Max(1, coverage * effective) * (spread > 0 && own > 0 ? own / spread : 1));
    }

    /// <summary>Of the discrimination less what chance adds to it: to first order the recalibrated confidences g are as if known, so a row
    /// moves it by what it moves the score of always predicting the accuracy a, (1 − 2a)(y − a), less its own recalibrated score's distance
    /// from the mean of those, (y − g)².</summary>
    /// <param name="discrimination">The metric.</param>
    /// <param name="bias">What chance adds on average.</param>
    /// <param name="recalibrated">g of each row.</param>
    public Interval Discrimination(double discrimination, double bias, ReadOnlySpan<double> recalibrated)
    {
        double accuracy = value.Accuracy, score = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            double off = (rows.Correct[i] ? 1 : 0) - recalibrated[i];
            score += rows.Weights[i] * off * off / rows.Count;
            parts[i] = off * off;
        }

        for (int i = 0; i < parts.Length; i++)
            parts[i] = rows.Weights[i] * (((1 - (2 * accuracy)) * ((rows.Correct[i] ? 1 : 0) - accuracy)) + score - parts[i]);

        // A discrimination is nearly quadratic, so its root has constant variance. Where the lower end is 0 the upper end continues
        // linearly.
        double rest = Math.Max(0, discrimination - bias), reach = parts.Length < 2 ? double.NaN
            : Interval.Normal * MeanInterval.Error(Units);
        double bend = rest > 0 && reach < 2 * rest ? reach * reach / (4 * rest) : reach / 2;
        return double.IsNaN(reach) ? Interval.None
            : new Interval(reach < 2 * rest ? Math.Min(discrimination, rest - reach + bend)
                : 0, Math.Clamp(rest + reach + bend, discrimination, Math.Max(discrimination, 0.25)));
    }

    /// <summary>Of the mean of a score.</summary>
    /// <param name="name">The metric's name.</param>
    /// <param name="most">The largest value of the score.</param>
    public Interval MeanScore(string name, double most) => Mean(rows.Score(name), value.Mean(name), most);

    private Interval Mean(double[] column, double mean, double most)
    {
        if (double.IsFinite(mean))
        {
            for (int i = 0; i < parts.Length; i++)
                parts[i] = rows.Weights[i] > 0 ? rows.Weights[i] * (column[i] - mean) : 0;
        }

        return MeanInterval.Compute(mean, Units, 0, most);
    }

    private double GainError(double[] before, double[] after, double gain)
    {
        if (!double.IsFinite(gain))
            return double.NaN;

        for (int i = 0; i < parts.Length; i++)
            parts[i] = rows.Weights[i] > 0 ? rows.Weights[i] * (before[i] - after[i] - gain) : 0;

        return parts.Length < 2 ? double.NaN : MeanInterval.Error(Units);
    }
}
