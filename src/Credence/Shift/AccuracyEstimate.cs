using Credence.Data.Scores;
using Credence.OutOfDistribution;

namespace Credence.Shift;

/// <summary>The accuracy of a calibrated model on rows without labels: the mean of its confidence, reweighted for a label shift where
/// one is found (Guillory and others 2021; Garg and others 2022 on when it fails). The estimate holds under assumptions, each of which is
/// checked and reported.</summary>
public sealed class AccuracyEstimate
{
    private AccuracyEstimate(
        double accuracy, double deviation, int rows, LabelShiftEstimate shift, IReadOnlyList<EstimateAssumption> assumptions)
    {
        Accuracy = accuracy;
        Interval = (Math.Max(0, accuracy - (1.959963984540054 * deviation)), Math.Min(1, accuracy + (1.959963984540054 * deviation)));
        Rows = rows;
        Shift = shift;
        Assumptions = assumptions;
    }

    /// <summary>The estimated share of rows whose most probable class is the true one.</summary>
    public double Accuracy { get; }

    /// <summary>A 95 % interval for it under the assumptions: it covers the sampling of these rows' classes and that of the rows the
    /// probabilities were
    /// calibrated on.</summary>
    public (double Low, double High) Interval { get; }

    /// <summary>The rows.</summary>
    public int Rows { get; }

    /// <summary>The estimated class priors of the rows.</summary>
    public LabelShiftEstimate Shift { get; }

    /// <summary>The assumptions of the estimate, each with its state on these rows.</summary>
    public IReadOnlyList<EstimateAssumption> Assumptions { get; }

    /// <summary>Estimates.</summary>
    /// <param name="probabilities">[n, K], calibrated.</param>
    /// <param name="source">The rows it was calibrated on, as far as their classes' shares go.</param>
    /// <param name="outliers">The outlier detector; null where the model has none.</param>
    /// <param name="outlierScores">The detector's score of each row; null where there is no detector.</param>
    /// <exception cref="ArgumentException">There are no rows, or they are not rows of K probabilities.</exception>
    public static AccuracyEstimate Compute(
        Probabilities probabilities, LabelShift source, OutlierDetector? outliers = null, IReadOnlyList<double>? outlierScores = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        LabelShiftEstimate shift = source.Estimate(probabilities);
        if (shift.IsShifted)
            probabilities = shift.Reweight(probabilities);

        double sum = 0, doubt = 0;
        for (int row = 0; row < probabilities.Rows; row++)
        {
            double confidence = Confidence.Compute(probabilities.Row(row));
            sum += confidence;
            doubt += confidence * (1 - confidence);
        }

        int rows = probabilities.Rows;
        double deviation = Math.Sqrt(doubt / rows * ((1.0 / rows) + (1.0 / source.SourceRows)));
        return new AccuracyEstimate(sum / rows, deviation, rows, shift,
        [
            new("calibration", null,
                "The probabilities are as calibrated on these rows as on those they were calibrated on; without labels this can't be "
                + "tested."),
            new("classes' shares", true, shift.IsShifted ? $"{shift.Verdict} The probabilities are reweighted for it." : shift.Verdict),
            Familiar(outliers, outlierScores),
        ]);
    }

    private static EstimateAssumption Familiar(OutlierDetector? outliers, IReadOnlyList<double>? outlierScores)
    {
        const string Name = "familiar rows";
        if (outliers is null || outlierScores is null)
            return new(Name, null,
                "Whether the rows are in-distribution was not tested: the model was trained without an out-of-distribution score.");

        const double Rate = 0.05;
        double strange = (double)outlierScores.Count(score => outliers.PValueOf(score) <= Rate) / outlierScores.Count;
        double deviation = Math.Sqrt(Rate * (1 - Rate) * ((1.0 / outlierScores.Count) + (1.0 / outliers.Rows)));
        bool holds = strange <= Rate + (2.5758293035489004 * deviation);
        return new(Name, holds, $"{strange:0.0%} of the rows score in the most extreme {Rate:0%} of in-distribution rows"
            + (holds ? ", as expected of in-distribution rows."
                : "; more than chance explains, and confidence is unreliable on out-of-distribution rows."));
    }
}
