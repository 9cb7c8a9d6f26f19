using Credence.Calibration.OneVsRest;
using Credence.Calibration.Scaling;
using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Calibration.Selection;

/// <summary>The ways to calibrate, from the simplest to the most flexible.</summary>
public static class CalibrationMethods
{
    /// <summary>All of them, simplest first.</summary>
    public static IReadOnlyList<CalibrationMethod> All { get; } =
    [
        new("none", "the softmax as it is", (logits, labels, weights, threads, _) => Unfitted(logits, labels, weights, threads)),
        new("temperature", "one number for all scores", (logits, labels, weights, threads, _) => TemperatureScaling.Fit(logits, labels, weights, threads)),
        new(
            "bias-corrected-temperature",
            "a temperature, and a bias a class",
            (logits, labels, weights, threads, _) => BiasCorrectedTemperatureScaling.Fit(logits, labels, weights, threads)),
        new(PlattScaling.Name, "a line through each class's log odds", PlattScaling.Fit),
        new(BetaCalibration.Name, "a curve through each class's log odds that bends otherwise near 0 than near 1", BetaCalibration.Fit),
        new(VectorScaling.Plain, "a scale and a bias a class", VectorScaling.Fit),
        new(VectorScaling.Structured, "a temperature, then a scale and a bias a class, drawn to it", VectorScaling.FitStructured),
        new(MatrixScaling.Structured, "a temperature, then every class's score mixed from all, drawn to it", MatrixScaling.FitStructured),
        new(MatrixScaling.StructuredWithBias, "a temperature and biases, then every class's score mixed from all, drawn to it", MatrixScaling.FitStructuredWithBias),
        new(DirichletCalibration.Name, "every class's score mixed from all, what is off the diagonal drawn to 0", DirichletCalibration.Fit),
        new(MatrixScaling.Free, "every class's score mixed from all, freely: for very many rows a class", MatrixScaling.Fit),
        new(HistogramBinning.Name, "each class's share in 15 bins", HistogramBinning.Fit),
        new(ScalingBinning.Name, "a line through the log odds, then the mean in each of 10 bins", ScalingBinning.Fit),
        new(IsotonicCalibration.Name, "each class's best map that never falls", (logits, labels, weights, threads, token) => IsotonicCalibration.Fit(logits, labels, weights, threads, true, token)),
        new(IsotonicCalibration.CentredName, "the same, rising between the middles of its steps", IsotonicCalibration.FitCentred),
        new(VennAbersCalibration.Name, "two maps that never fall, one for each answer: a probability and its interval", VennAbersCalibration.Fit),
    ];

    // A fit of K² weights takes passes of n·K² operations: what this bounds ends within seconds on two cores.
    private const double MostMatrixWork = 1.5e8;
    private const int MostMatrixClasses = 150;
    private const int LeastVectorRows = 50;
    private const long MostVectorValues = 20_000_000;

    /// <summary>The method of a name, or null; "temperature+confidence" is <see cref="ConfidenceCalibration"/> after the temperature, and so with each.</summary>
    public static CalibrationMethod? Find(string name) =>
        name.EndsWith(ConfidenceCalibration.Suffix, StringComparison.Ordinal)
            ? All.FirstOrDefault(method => method.Name == name[..^ConfidenceCalibration.Suffix.Length]) is { } first ? WithConfidence(first) : null
            : All.FirstOrDefault(method => method.Name == name);

    /// <summary>The method, then a curve for each row's largest probability.</summary>
    internal static CalibrationMethod WithConfidence(CalibrationMethod first) => new(
        first.Name + ConfidenceCalibration.Suffix,
        first.Summary + ", then a curve for the largest probability",
        (logits, labels, weights, threads, token) =>
            ConfidenceCalibration.Fit(first.Fit(logits, labels, weights, threads, token), logits, labels, weights, threads));

    /// <summary>Those that take part in a selection by default: the parametric ones but the free matrix, which only very many rows bear; the free vector
    /// from 50 rows a class and up to 20 million scores, and the matrices up to 150 classes and as many rows as seconds bear; of two classes also the beta curve.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="rows">The number of rows.</param>
    public static IEnumerable<CalibrationMethod> For(int classes, int rows)
    {
        bool bearsMatrix = classes <= MostMatrixClasses && (double)rows * classes * classes <= MostMatrixWork;
        return All.Where(method => method.Name switch
        {
            "none" => true,
            _ when classes < 2 => false,
            "temperature" or "bias-corrected-temperature" or VectorScaling.Structured => true,
            BetaCalibration.Name => classes == 2,
            VectorScaling.Plain => rows >= LeastVectorRows * (long)classes && (long)rows * classes <= MostVectorValues,
            MatrixScaling.Structured or MatrixScaling.StructuredWithBias => bearsMatrix,
            _ => false,
        });
    }

    private static IdentityCalibrator Unfitted(Logits logits, Labels labels, ReadOnlySpan<double> weights, int threads)
    {
        CalibrationRows.Check(logits, labels, weights, threads);
        return new IdentityCalibrator(logits.Classes);
    }
}
