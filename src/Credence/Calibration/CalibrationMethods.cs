namespace Credence.Calibration;

/// <summary>The ways to calibrate, from the simplest to the most flexible.</summary>
public static class CalibrationMethods
{
    /// <summary>All of them, simplest first.</summary>
    public static IReadOnlyList<CalibrationMethod> All { get; } =
    [
        new("none", "the softmax as it is", (logits, labels, weights, _, _) => Unfitted(logits, labels, weights)),
        new("temperature", "one number for all scores", (logits, labels, weights, threads, _) => TemperatureScaling.Fit(logits, labels, weights, threads)),
        new(
            "bias-corrected-temperature",
            "a temperature, and a bias a class",
            (logits, labels, weights, threads, _) => BiasCorrectedTemperatureScaling.Fit(logits, labels, weights, threads)),
        new(VectorScaling.Plain, "a scale and a bias a class", VectorScaling.Fit),
        new(VectorScaling.Structured, "a temperature, then a scale and a bias a class, drawn to it", VectorScaling.FitStructured),
        new(MatrixScaling.Structured, "a temperature, then every class's score mixed from all, drawn to it", MatrixScaling.FitStructured),
        new(MatrixScaling.StructuredWithBias, "a temperature and biases, then every class's score mixed from all, drawn to it", MatrixScaling.FitStructuredWithBias),
        new(MatrixScaling.Free, "every class's score mixed from all, freely: for very many rows a class", MatrixScaling.Fit),
    ];

    // A fit of K² weights takes passes of n·K² operations: what this bounds ends within seconds on two cores.
    private const double MostMatrixWork = 1.5e8;
    private const int MostMatrixClasses = 150;
    private const int LeastVectorRows = 50;

    /// <summary>The method of a name, or null.</summary>
    public static CalibrationMethod? Find(string name) => All.FirstOrDefault(method => method.Name == name);

    /// <summary>Those that take part in a selection by default: without the free matrix, which only very many rows bear, without the free
    /// vector below 50 rows a class, and without any matrix where there are too many classes and rows for one.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="rows">The number of rows.</param>
    public static IEnumerable<CalibrationMethod> For(int classes, int rows)
    {
        bool bearsMatrix = classes <= MostMatrixClasses && (double)rows * classes * classes <= MostMatrixWork;
        return All.Where(method => method.Name switch
        {
            "none" => true,
            _ when classes < 2 => false,
            MatrixScaling.Free => false,
            VectorScaling.Plain => rows >= LeastVectorRows * (long)classes,
            MatrixScaling.Structured or MatrixScaling.StructuredWithBias => bearsMatrix,
            _ => true,
        });
    }

    private static IdentityCalibrator Unfitted(Data.Logits logits, Data.Labels labels, ReadOnlySpan<double> weights)
    {
        CalibrationRows.Check(logits, labels, weights);
        return new IdentityCalibrator(logits.Classes);
    }
}
