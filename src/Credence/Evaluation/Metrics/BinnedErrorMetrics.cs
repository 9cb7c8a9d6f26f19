using Credence.Evaluation.Intervals;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>Calibration errors whose gaps are of bins.</summary>
internal static class BinnedErrorMetrics
{
    /// <summary>Top label, equal-width bins.</summary>
    public static LabelMetric Ece { get; } = LabelMetric.ErrorOf(
        new() { Name = MetricName.Ece, Title = "Expected calibration error (ECE)" },
        bins => $"top label, {bins} equal-width bins (lo, hi], 0 in the first, mean |confidence − accuracy| weighted by rows",
        (in LabelledGaps labels) => BinnedCalibrationError.ExpectedCalibrationError(labels.Width),
        (rows, value, none) => MatchedInterval.Compute(
            value, rows.Moved(m => m.EceLow), rows.Moved(m => m.EceHigh), rows.Spread.Width.Sampling, rows.Spread.Noise, none));

    /// <summary>Top label, bins of equal count.</summary>
    public static LabelMetric EceEqualMass { get; } = LabelMetric.ErrorOf(
        new() { Name = MetricName.EceEqualMass, Title = "ECE, equal-mass bins" },
        bins => $"top label, at most {bins} bins of equal count with equal confidences kept together, mean |confidence − accuracy|",
        (in LabelledGaps labels) => BinnedCalibrationError.ExpectedCalibrationError(labels.Mass),
        (rows, value, none) => MatchedInterval.Compute(
            value, rows.Moved(m => m.EqualMassLow), rows.Moved(m => m.EqualMassHigh), rows.Spread.Mass.Sampling, rows.Spread.Noise, none));

    /// <summary>Each class's own probability, averaged.</summary>
    public static LabelMetric ClasswiseEce { get; } = LabelMetric.ErrorOf(
        new() { Name = MetricName.ClasswiseEce, Title = "Classwise ECE" },
        ClasswiseDefinition,
        (in LabelledGaps labels) => BinnedCalibrationError.ExpectedCalibrationError(labels.ClassGaps) / labels.Fixed.Classes,
        (rows, value, none) => MatchedInterval.Compute(
            value, [.. rows.Nulls.Select(draw => draw.ClasswiseLow)], [.. rows.Nulls.Select(draw => draw.ClasswiseHigh)], 0, 1, none));

    /// <summary>The debiased squared error.</summary>
    public static LabelMetric L2DebiasedSquared { get; } = LabelMetric.ErrorOf(
        new() { Name = MetricName.L2DebiasedSquared, Title = "Squared calibration error, debiased" },
        bins => $"top label, at most {bins} bins of equal count, squared gap less its bias, bins of one row left out; can be negative",
        (in LabelledGaps labels) => labels.Fixed.Debiased.Of(labels.Mass, labels.Correct),
        (rows, value, none) => CalibrationInterval.OfSquare(
            value, rows.Drawn(draw => draw.Errors[MetricName.L2DebiasedSquared]),
            rows.Moved(m => m.Squared), rows.Spread.Mass.Squares, 1, none));

    /// <summary>The largest gap of an equal-width bin.</summary>
    public static LabelMetric Mce { get; } = LabelMetric.ErrorOf(
        new() { Name = MetricName.Mce, Title = "Maximum calibration error (MCE)" },
        bins => $"top label, {bins} equal-width bins (lo, hi], largest |confidence − accuracy| of a bin with rows; "
            + "the interval is of all bins' exact intervals jointly, hence wide",
        (in LabelledGaps labels) => CalibrationMetrics.Mce(labels.Width, labels.Fixed.WidthShares),
        LargestGap);

    /// <summary>What the classwise error is, of rows with one label and with several.</summary>
    public static string ClasswiseDefinition(int bins) =>
        $"mean over classes of the class's own |probability − frequency| in {bins} equal-width bins (lo, hi]";

    /// <summary>Where the largest gap lies, from the exact intervals (Clopper and Pearson 1934) of every bin at a joint 95 %.</summary>
    private static Interval LargestGap(EvaluatedRows rows, double value, CalibratedNull? none)
    {
        if (none is not { } calibrated)
            return Interval.None;

        double[] shares = rows.Calibration.WidthShares;
        double level = 0.025 / Math.Max(1, shares.Count(share => share > 0)), low = 0, high = 0;
        for (int bin = 0; bin < shares.Length; bin++)
        {
            if (!(shares[bin] > 0))
                continue;

            (double confidence, double accuracy) = rows.Spread.Width.Means(bin);
            int count = Math.Max(1, (int)Math.Round(shares[bin] * rows.Effective));
            int right = Math.Clamp((int)Math.Round(accuracy * count), 0, count);
            double least = BinomialDistribution.LowerBound(right, count, level);
            double most = BinomialDistribution.UpperBound(right, count, level);
            low = Math.Max(low, Math.Max(least - confidence, confidence - most));
            high = Math.Max(high, Math.Max(most - confidence, confidence - least));
        }

        return new Interval(value > calibrated.P95 ? Math.Min(value, Math.Max(low, value - calibrated.P95)) : 0, Math.Max(value, high));
    }
}
