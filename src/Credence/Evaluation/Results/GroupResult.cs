namespace Credence.Evaluation.Results;

/// <summary>The metrics of one group of rows.</summary>
public sealed record GroupResult
{
    /// <summary>The group.</summary>
    public required string Name { get; init; }

    /// <summary>Its rows.</summary>
    public required int Rows { get; init; }

    /// <summary>The share of its rows that is right.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Its interval, Wilson's.</summary>
    public required Interval AccuracyInterval { get; init; }

    /// <summary>The mean of the top label's probability, which equals the accuracy where calibrated.</summary>
    public required double MeanConfidence { get; init; }

    /// <summary>The mean of −ln p(label).</summary>
    public required double LogLoss { get; init; }

    /// <summary>Its interval.</summary>
    public required Interval LogLossInterval { get; init; }

    /// <summary>The top label's expected calibration error.</summary>
    public required double Ece { get; init; }

    /// <summary>That of a calibrated model on these rows; null where not computed.</summary>
    public CalibratedNull? EceCalibrated { get; init; }

    /// <summary>The p-value of the test that the confidence is calibrated; NaN where there are too few rows to test.</summary>
    public required double PValue { get; init; }

    /// <summary>The same corrected for the number of groups (Holm's method).</summary>
    public required double AdjustedPValue { get; init; }

    /// <summary>The verdict on its calibration.</summary>
    public PartVerdict? Verdict { get; init; }
}
