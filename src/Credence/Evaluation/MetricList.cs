using Credence.Evaluation.Intervals;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>Puts each figure together with its interval, its value for a calibrated model, its verdict and its definition.</summary>
internal sealed class MetricList(ScoredRows rows, SortedRows sorted, NullDraw[] nulls, int bins, double effective, bool intervals)
{
    private readonly List<MetricResult> figures = [];

    /// <summary>All, in the order they are told.</summary>
    public IReadOnlyList<MetricResult> Figures => figures;

    /// <summary>What are means over rows, or follow from which rows are right.</summary>
    public void AddRows(RowMetrics value, RowIntervals around, CalibrationRefinementDecomposition split, int classes)
    {
        Figure(MetricName.Accuracy, value.Accuracy, Share(value.Accuracy), draw => draw.Rows.Accuracy, true);
        Row(MetricName.LogLoss, value, around.LogLoss, r => r.LogLoss, false);
        Row(MetricName.Brier, value, around.Brier, r => r.Brier, false);
        Row(MetricName.Spherical, value, around.Spherical, r => r.Spherical, true);
        Row(MetricName.MacroF1, value, around.MacroF1, r => r.MacroF1, true);
        if (classes > 3)
            Top(MetricName.Top3Accuracy, rows.Top3, rows.Top3Sum);
        if (classes > 5)
            Top(MetricName.Top5Accuracy, rows.Top5, rows.Top5Sum);

        Row(MetricName.Aurc, value, around.Aurc, r => r.Aurc, false);
        Row(MetricName.Augrc, value, around.Augrc, r => r.Augrc, false);
        Row(MetricName.RiskAtCoverage50, value, around.RiskAt(0.5, value.RiskAt50), r => r.RiskAt50, false);
        Row(MetricName.RiskAtCoverage80, value, around.RiskAt(0.8, value.RiskAt80), r => r.RiskAt80, false);
        Row(MetricName.RiskAtCoverage90, value, around.RiskAt(0.9, value.RiskAt90), r => r.RiskAt90, false);
        Figure(MetricName.CoverageAtRisk1, value.CoverageAt1, CoverageAt(0.01, value.CoverageAt1), draw => draw.Rows.CoverageAt1, true);
        Figure(MetricName.CoverageAtRisk5, value.CoverageAt5, CoverageAt(0.05, value.CoverageAt5), draw => draw.Rows.CoverageAt5, true);

        bool isKnown = split.ImpossibleRows == 0;
        double gain = isKnown ? value.LogLoss - value.RefinedLogLoss : double.NaN;
        Error(MetricName.LogLossCalibration, gain, draw => draw.Gain.LogLoss, none => CalibrationInterval.OfGain(gain, around.LogLossGainError, none));
        figures.Add(Plain(MetricName.LogLossRefinement, value.RefinedLogLoss, intervals && isKnown ? around.RefinedLogLoss : Interval.None));
        double brier = value.Brier - value.RefinedBrier;
        Error(MetricName.BrierCalibration, brier, draw => draw.Gain.Brier, none => CalibrationInterval.OfGain(brier, around.BrierGainError, none));
        figures.Add(Plain(MetricName.BrierRefinement, value.RefinedBrier, intervals ? around.RefinedBrier : Interval.None));
    }

    /// <summary>The calibration errors.</summary>
    public void AddErrors(CalibrationErrors e, SpreadDraw[] m, CalibrationSpread spread, CalibrationMetrics calibration)
    {
        Error(MetricName.Ece, e.Ece, d => d.Errors.Ece, none => MatchedInterval.Compute(
            e.Ece, Moves(m, x => x.EceLow), Moves(m, x => x.EceHigh), spread.Width.Sampling, spread.Noise, none));
        Error(MetricName.EceEqualMass, e.EceEqualMass, d => d.Errors.EceEqualMass, none => MatchedInterval.Compute(
            e.EceEqualMass, Moves(m, x => x.EqualMassLow), Moves(m, x => x.EqualMassHigh), spread.Mass.Sampling, spread.Noise, none));
        Error(MetricName.ClasswiseEce, e.ClasswiseEce, d => d.Errors.ClasswiseEce, none => MatchedInterval.Compute(
            e.ClasswiseEce, Moves(nulls, x => x.ClasswiseLow), Moves(nulls, x => x.ClasswiseHigh), 0, 1, none));
        Error(MetricName.L2DebiasedSquared, e.L2DebiasedSquared, d => d.Errors.L2DebiasedSquared, none => CalibrationInterval.OfSquare(
            e.L2DebiasedSquared, Moves(nulls, x => x.Errors.L2DebiasedSquared), Moves(m, x => x.Squared), spread.Mass.Squares, 1, none));
        Error(MetricName.SmoothEce, e.SmoothEce, d => d.Errors.SmoothEce, none => CalibrationInterval.Compute(
            e.SmoothEce, Moves(m, x => x.SmoothLow), Moves(m, x => x.SmoothHigh), Moves(m, x => x.Total), spread.Sampling, spread.Noise, none));
        Error(MetricName.Ks, e.Ks, d => d.Errors.Ks, none => CalibrationInterval.Compute(
            e.Ks, Moves(m, x => x.KsLow), Moves(m, x => x.KsHigh), Moves(m, x => x.Total), spread.Sampling, spread.Noise, none));
        Error(MetricName.Mce, e.Mce, d => d.Errors.Mce, none => LargestGap(e.Mce, spread.Width, calibration, none));
    }

    /// <summary>The three parts of the top label's Brier score.</summary>
    public void AddCorp(CorpDecomposition corp, SpreadDraw[] moves, CalibrationSpread spread, RowIntervals around, CalibrationMetrics calibration, double accuracy)
    {
        Error(MetricName.CorpMiscalibration, corp.Miscalibration, draw => draw.Errors.CorpMiscalibration, none => CalibrationInterval.OfSquare(
            corp.Miscalibration, Moves(nulls, x => x.Errors.CorpMiscalibration), Moves(moves, x => x.Miscalibration), spread.Squares, spread.Noise, none));

        // The fit makes as much of chance in its favour as it takes off a calibrated model's score.
        double bias = nulls.Length > 0 ? nulls.Average(draw => draw.Errors.CorpMiscalibration) : 0;
        figures.Add(Plain(MetricName.CorpDiscrimination, corp.Discrimination, intervals
            ? around.Discrimination(corp.Discrimination, bias, calibration.Recalibrated(sorted.Correct)) : Interval.None));

        // Of an accuracy on either side of one half the largest product lies between.
        Interval share = Share(accuracy);
        double low = share.Low * (1 - share.Low), high = share.High * (1 - share.High);
        bool isAround = share.Low < 0.5 && share.High > 0.5;
        figures.Add(Plain(MetricName.CorpUncertainty, corp.Uncertainty, new Interval(Math.Min(low, high), isAround ? 0.25 : Math.Max(low, high))));
    }

    /// <summary>The kernel calibration error.</summary>
    public void AddKernel(KernelCalibrationError kernel)
    {
        CalibratedNull? none = CalibratedNull.Compute(kernel.Draws);
        figures.Add(Plain(MetricName.Skce, kernel.Value, intervals ? CalibrationInterval.OfPairs(kernel.Value, kernel.Between, kernel.Within, none) : Interval.None) with
        {
            Null = none,
            Verdict = CalibrationVerdict.OfError(kernel.Value, none, rows.Count),
            IsCalibrationError = true,
            PValue = MonteCarlo(kernel.Value, kernel.Draws),
        });
    }

    /// <summary>How well classes are told apart.</summary>
    public void AddRanking(Ranking ranking)
    {
        (double area, Interval around) = ranking.Auroc;
        figures.Add(Plain(MetricName.Auroc, area, around) with { Verdict = around.IsKnown ? CalibrationVerdict.OfRanking(area, around, 0.5) : null });
        (double precision, Interval about) = ranking.AveragePrecision;
        figures.Add(Plain(MetricName.AveragePrecision, precision, about) with
        {
            Verdict = about.IsKnown ? CalibrationVerdict.OfRanking(precision, about, ranking.ChancePrecision) : null,
        });
    }

    private void Row(string name, RowMetrics value, Interval around, Func<RowMetrics, double> figure, bool isHighGood) =>
        Figure(name, figure(value), intervals ? around : Interval.None, draw => figure(draw.Rows), isHighGood);

    private void Figure(string name, double value, Interval interval, Func<NullDraw, double> drawn, bool isHighGood)
    {
        CalibratedNull? none = CalibratedNull.Compute([.. nulls.Select(drawn)]);
        figures.Add(Plain(name, value, interval) with { Null = none, Verdict = CalibrationVerdict.OfMetric(value, none, isHighGood, rows.Count) });
    }

    /// <summary>A row counts with a probability of its own, so the value of a calibrated model is known without draws.</summary>
    private void Top(string name, double[] hits, double[] chances)
    {
        double value = rows.Mean(hits), mean = rows.Mean(chances), variance = 0;
        for (int row = 0; row < rows.Count; row++)
            variance += rows.Weights[row] * rows.Weights[row] * chances[row] * (1 - chances[row]);

        CalibratedNull? none = nulls.Length == 0 ? null : CalibratedNull.Normal(mean, Math.Sqrt(variance) / rows.Count, 1);
        figures.Add(Plain(name, value, Share(value)) with { Null = none, Verdict = CalibrationVerdict.OfMetric(value, none, true, rows.Count) });
    }

    private void Error(string name, double value, Func<NullDraw, double> drawn, Func<CalibratedNull?, Interval> interval)
    {
        double[] draws = [.. nulls.Select(drawn)];
        CalibratedNull? none = CalibratedNull.Compute(draws);
        figures.Add(Plain(name, value, intervals ? interval(none) : Interval.None) with
        {
            Null = none,
            Verdict = double.IsNaN(value) ? null : CalibrationVerdict.OfError(value, none, rows.Count),
            IsCalibrationError = true,
            PValue = MonteCarlo(value, draws),
        });
    }

    private MetricResult Plain(string name, double value, Interval interval) => new(name, value, interval, null, null, MetricDefinition.Of(name, bins));

    private Interval CoverageAt(double risk, double value) => intervals ? CoverageInterval.Compute(sorted, risk, value, effective) : Interval.None;

    private Interval Share(double value) => intervals ? Interval.Wilson(value, effective) : Interval.None;

    private static TMove[] Moves<T, TMove>(T[] draws, Func<T, TMove> move) => [.. draws.Select(move)];

    private static double MonteCarlo(double value, double[] draws) =>
        draws.Length == 0 || double.IsNaN(value) ? double.NaN : (1.0 + draws.Count(draw => draw >= value)) / (draws.Length + 1);

    /// <summary>Where the largest gap lies, from the exact intervals (Clopper and Pearson 1934) of every bin at a joint 95 %.</summary>
    private Interval LargestGap(double value, BinNoise width, CalibrationMetrics calibration, CalibratedNull? none)
    {
        if (none is not { } calibrated)
            return Interval.None;

        double[] shares = calibration.Shares(calibration.EqualWidth);
        double level = 0.025 / Math.Max(1, shares.Count(share => share > 0)), low = 0, high = 0;
        for (int bin = 0; bin < shares.Length; bin++)
        {
            if (!(shares[bin] > 0))
                continue;

            (double confidence, double accuracy) = width.Means(bin);
            int count = Math.Max(1, (int)Math.Round(shares[bin] * effective)), right = Math.Clamp((int)Math.Round(accuracy * count), 0, count);
            double least = BinomialDistribution.LowerBound(right, count, level), most = BinomialDistribution.UpperBound(right, count, level);
            low = Math.Max(low, Math.Max(least - confidence, confidence - most));
            high = Math.Max(high, Math.Max(most - confidence, confidence - least));
        }

        return new Interval(value > calibrated.P95 ? Math.Min(value, Math.Max(low, value - calibrated.P95)) : 0, Math.Max(value, high));
    }
}
