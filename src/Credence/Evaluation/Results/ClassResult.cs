namespace Credence.Evaluation.Results;

/// <summary>The metrics of one class.</summary>
/// <param name="Name">The class.</param>
/// <param name="Precision">The share of predictions of it that are right; NaN where it was never predicted.</param>
/// <param name="Recall">The share of its rows that are found; NaN where it has none.</param>
/// <param name="F1">2·right / (predicted + support); NaN where it was neither predicted nor present.</param>
/// <param name="Support">Its rows, whatever their weights.</param>
public sealed record ClassResult(string Name, double Precision, double Recall, double F1, int Support)
{
    /// <summary>The interval of the recall, Wilson's.</summary>
    public Interval RecallInterval { get; init; } = Interval.None;

    /// <summary>The area under its ROC curve against the rest; NaN where it has no rows, or all.</summary>
    public double Auroc { get; init; } = double.NaN;

    /// <summary>Its interval.</summary>
    public Interval AurocInterval { get; init; } = Interval.None;

    /// <summary>Its average precision; NaN in the same cases.</summary>
    public double AveragePrecision { get; init; } = double.NaN;

    /// <summary>Its interval.</summary>
    public Interval AveragePrecisionInterval { get; init; } = Interval.None;

    /// <summary>The mean of its probability, which equals its share of rows where calibrated.</summary>
    public double MeanProbability { get; init; } = double.NaN;

    /// <summary>Its share of rows.</summary>
    public double Share { get; init; } = double.NaN;

    /// <summary>The expected calibration error of its own probability.</summary>
    public double Ece { get; init; } = double.NaN;

    /// <summary>That of a calibrated model.</summary>
    public CalibratedNull? EceCalibrated { get; init; }

    /// <summary>The p-value of the test that its probability is calibrated; NaN where there are too few rows to test.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>The same corrected for the number of classes (Holm's method).</summary>
    public double AdjustedPValue { get; init; } = double.NaN;

    /// <summary>The verdict on its calibration.</summary>
    public PartVerdict? Verdict { get; init; }
}
