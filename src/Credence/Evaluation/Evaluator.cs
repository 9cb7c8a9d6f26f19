using Credence.Data;
using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>Measures probabilities against the truth: every figure with an interval, with what a calibrated model would show, and in words.</summary>
public static class Evaluator
{
    private const int HistogramBins = 20;
    private const ulong NullStream = 1, BootstrapStream = 2;

    /// <summary>Evaluates a model on rows it was not trained or calibrated on.</summary>
    /// <param name="probabilities">[rows, classes].</param>
    /// <param name="labels">The true classes, none missing.</param>
    /// <param name="weights">A weight a row, finite and not negative; only their ratios matter. Null for equal weights.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">Shapes differ, a value is no probability, a label is missing, a weight or an option is unfit.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static ModelEvaluation Evaluate(
        Probabilities probabilities,
        Labels labels,
        double[]? weights = null,
        EvaluationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new EvaluationOptions();
        options.Check();
        int threads = options.MaxThreads;
        ScoredRows scored = ScoredRows.From(probabilities, labels, weights, threads, cancellationToken);
        var sorted = new SortedRows(scored);
        var bins = new EqualWidthBins(options.Bins);
        var calibration = new CalibrationFigures(sorted, probabilities.Classes, bins);

        double[] expected = ClasswiseCalibrationError.Expected(probabilities, scored, bins, threads, cancellationToken);
        var observed = (double[])expected.Clone();
        ClasswiseCalibrationError.Observe(probabilities, scored, bins, observed);
        CalibrationErrors errors = calibration.OfData(observed);

        var counts = new ClassCounts(probabilities.Classes);
        counts.Count(scored, scored.Weights);
        (double aurc, double augrc) = RiskCoverage.Areas(sorted.Groups, sorted.Weights, sorted.Correct);
        var rng = new Rng(options.Seed);
        CalibrationErrors[] nulls = new CalibratedLabels(probabilities, scored, sorted, calibration, expected, bins)
            .Draw(options.NullDraws, rng.Split(NullStream), threads, cancellationToken);
        Bootstrap bootstrap = Bootstrap.Draw(
            scored, sorted, probabilities.Classes, options.BootstrapDraws, rng.Split(BootstrapStream), threads, cancellationToken);

        FigureResult Plain(string name, double value, Interval interval) =>
            new(name, value, interval, null, null, FigureDefinition.Of(name, options.Bins));

        FigureResult Calibration(string name, Func<CalibrationErrors, double> figure)
        {
            CalibratedNull? calibrated = CalibrationVerdict.Null(nulls, figure);
            return new FigureResult(
                name, figure(errors), Interval.None, calibrated, CalibrationVerdict.Words(figure(errors), calibrated, scored.Count),
                FigureDefinition.Of(name, options.Bins));
        }

        double accuracy = 0;
        for (int row = 0; row < scored.Count; row++)
            accuracy += scored.IsCorrect(row) ? scored.Weights[row] : 0;

        accuracy /= scored.Count;

        double macroF1 = counts.MacroF1();
        return new ModelEvaluation
        {
            Figures =
            [
                Plain(FigureName.Accuracy, accuracy, bootstrap.Accuracy(accuracy)),
                Plain(FigureName.LogLoss, scored.Mean(scored.LogLoss), bootstrap.LogLoss),
                Plain(FigureName.Brier, scored.Mean(scored.Brier), bootstrap.Brier),
                Plain(FigureName.MacroF1, macroF1, bootstrap.MacroF1),
                Calibration(FigureName.Ece, e => e.Ece),
                Calibration(FigureName.EceEqualMass, e => e.EceEqualMass),
                Calibration(FigureName.ClasswiseEce, e => e.ClasswiseEce),
                Calibration(FigureName.L2DebiasedSquared, e => e.L2DebiasedSquared),
                Calibration(FigureName.SmoothEce, e => e.SmoothEce),
                Calibration(FigureName.Ks, e => e.Ks),
                Plain(FigureName.Aurc, aurc, bootstrap.Aurc),
                Plain(FigureName.Augrc, augrc, bootstrap.Augrc),
            ],
            Rows = scored.Count,
            Classes = labels.Names,
            ClassResults = Classes(scored, counts, labels),
            Confusion = new ConfusionMatrix(scored, probabilities.Classes),
            Reliability = ReliabilityDiagram.Of(sorted, calibration.EqualWidth, bins),
            ConfidenceHistogram = Histogram(sorted),
            RiskCoverage = RiskCoverage.Curve(sorted),
            ImpossibleRows = scored.LogLoss.Count(double.IsPositiveInfinity),
        };
    }

    private static ClassResult[] Classes(ScoredRows scored, ClassCounts counts, Labels labels)
    {
        int[] support = labels.Counts();
        var results = new ClassResult[support.Length];
        for (int k = 0; k < results.Length; k++)
            results[k] = new ClassResult(labels.Names[k], counts.Precision(k), counts.Recall(k), counts.F1(k), support[k]);
        return results;
    }

    private static int[] Histogram(SortedRows sorted)
    {
        Partition cells = Partition.EqualWidth(sorted, new EqualWidthBins(HistogramBins));
        return [.. Enumerable.Range(0, cells.Cells).Select(cells.Count)];
    }
}
