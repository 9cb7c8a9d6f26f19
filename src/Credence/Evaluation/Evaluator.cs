using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>Evaluates probabilities on labelled rows: every metric with its interval, its value for a calibrated model, and a verdict in
/// words.</summary>
public static class Evaluator
{
    private const int HistogramBins = 20;
    private const double FloatStep = 1.0 / (1 << 24);
    private const ulong NullStream = 1, SpreadStream = 3, CurveStream = 5, GroupStream = 6;

    /// <summary>Evaluates a model on rows it was not trained or calibrated on.</summary>
    /// <param name="probabilities">[rows, classes].</param>
    /// <param name="labels">The true classes, none missing.</param>
    /// <param name="weights">One weight per row, finite and not negative; only their ratios matter. Null for equal weights.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ArgumentException">Shapes differ, a value is not a probability, a label is missing, a weight or an option is out of
    /// range.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static ModelEvaluation Evaluate(
        Probabilities probabilities,
        Labels labels,
        double[]? weights = null,
        EvaluationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new EvaluationOptions();
        options.Check(probabilities.Rows);
        options = options.For(Math.Max(1, probabilities.Rows));
        int maxThreads = options.MaxThreads, classes = probabilities.Classes;
        ScoredRows scored = ScoredRows.From(probabilities, labels, weights, maxThreads, cancellationToken, options.Clusters);
        var sorted = new SortedRows(scored);
        var bins = new EqualWidthBins(options.Bins);
        var calibration = new CalibrationMetrics(sorted, classes, bins);
        double effective = scored.EffectiveCount;
        var rng = new Rng(options.Seed);

        CalibrationRefinementDecomposition split =
            CalibrationRefinementDecomposition.Compute(probabilities, labels, scored, maxThreads, cancellationToken);
        ClasswiseCalibrationError classwise = ClasswiseCalibrationError.Compute(probabilities, scored, bins, maxThreads, cancellationToken);
        double[] classGaps = classwise.Gaps(probabilities, scored, bins);
        CalibrationErrors errors = calibration.OfData(classGaps);
        var curve = new double[calibration.CurveAt.Length];
        CorpDecomposition corp = calibration.Corp(sorted.Correct, curve);

        ClassTests tests = ClassTests.Compute(probabilities, scored, maxThreads, cancellationToken);
        var drawing = new CalibratedLabels(
            probabilities, scored, sorted, calibration, classwise, new ClasswiseNoise(classwise, classGaps, effective, classes), tests,
            split, bins);
        NullDraw[] nulls = drawing.Draw(options.NullDraws, rng.Split(NullStream), maxThreads, cancellationToken);
        CalibrationTest? joint = nulls.Length == 0 ? null
            : JointTest.Compute(drawing.OfTruth(), nulls, double.IsPositiveInfinity(scored.Mean(scored.LogLoss)));
        var refined = new RefinedRows(sorted.Ordered(split.LogLoss), sorted.Ordered(split.Brier));
        bool intervals = options.BootstrapDraws > 0;
        var spread = new CalibrationSpread(
            sorted, scored.Clusters, calibration, errors, effective,
            CalibratedNull.Compute([.. nulls.Select(draw => draw.Errors[MetricName.Ks])]),
            CalibratedNull.Compute([.. nulls.Select(draw => draw.Errors[MetricName.SmoothEce])]));
        SpreadDraw[] moves = spread.Draw(intervals ? options.NullDraws : 0, rng.Split(SpreadStream), maxThreads, cancellationToken);
        Ranking ranking = Ranking.Compute(probabilities, scored, intervals, maxThreads, cancellationToken);

        var counts = new ClassCounts(classes);
        RowMetrics means = RowMetrics.Compute(sorted, refined, sorted.Weights, counts);
        var rows = new EvaluatedRows
        {
            Probabilities = probabilities,
            Labels = labels,
            Options = options,
            Rng = rng,
            CancellationToken = cancellationToken,
            Scored = scored,
            Sorted = sorted,
            Calibration = calibration,
            Errors = errors,
            Corp = corp,
            Split = split,
            Nulls = nulls,
            Spread = spread,
            Moves = moves,
            Ranking = ranking,
            Means = means,
            Around = new RowIntervals(sorted, scored.Clusters, refined, counts, means, effective),
            Effective = effective,
        };
        return new ModelEvaluation
        {
            Figures = [.. MetricCatalog.All.Where(metric => classes >= metric.FewestClasses)
                .Select(metric => metric.Measure(rows).Beneath(joint))],
            CalibrationTest = joint,
            Rows = scored.Count,
            Classes = labels.Names,
            ClassResults = ClassMetrics.Compute(probabilities, labels, scored, counts, ranking, classGaps, bins, nulls, tests, joint),
            Confusion = new ConfusionMatrix(scored, classes),
            Reliability = ReliabilityDiagram.Compute(sorted, calibration.EqualWidth, bins),
            Curve = new ReliabilityCurve(
                null, sorted.Correct.Count(right => right),
                    CurvePoints.Compute(calibration.CurveAt, calibration.Confidences, curve, [.. nulls.Select(draw => draw.Curve)]),
                corp.Miscalibration, corp.Discrimination, corp.Uncertainty,
                    CalibratedNull.Compute([.. nulls.Select(draw => draw.Errors[MetricName.CorpMiscalibration])])),
            ClassCurves = ClassCurves.Compute(probabilities, labels, scored, options.NullDraws, rng.Split(CurveStream), maxThreads,
                cancellationToken),
            Groups = options.Groups is null ? []
                : GroupMetrics.Compute(scored, options.Groups, bins, options.NullDraws, rng.Split(GroupStream), maxThreads,
                cancellationToken),
            Temperature = classes < 2 ? null : Mirror(split, scored, bins),
            ConfidenceHistogram = Histogram(sorted),
            RiskCoverage = RiskCoverage.Curve(sorted),
            ImpossibleRows = split.ImpossibleRows,
            CertainMistakes = Enumerable.Range(0, scored.Count)
                .Count(row => scored.Confidence[row] >= 1 - FloatStep && !scored.IsCorrect(row)),
        };
    }

    private static TemperatureFit Mirror(CalibrationRefinementDecomposition split, ScoredRows scored, EqualWidthBins bins)
    {
        var gaps = new double[bins.Count];
        for (int row = 0; row < scored.Count; row++)
        {
            gaps[bins.Of(split.Confidence[row])] +=
                scored.Weights[row] * (split.Confidence[row] - (scored.IsCorrect(row) ? 1 : 0)) / scored.Count;
        }

        return new TemperatureFit(split.Temperature, scored.Mean(split.LogLoss), scored.Mean(split.Brier),
            BinnedCalibrationError.ExpectedCalibrationError(gaps));
    }

    private static int[] Histogram(SortedRows sorted)
    {
        Partition cells = Partition.EqualWidth(sorted, new EqualWidthBins(HistogramBins));
        return [.. Enumerable.Range(0, cells.Cells).Select(cells.Count)];
    }
}
