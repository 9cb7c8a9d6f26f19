namespace Credence.Evaluation.Results;

/// <summary>How the rows of one group fare.</summary>
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

    /// <summary>The mean of the top label's probability: what the accuracy should be.</summary>
    public required double MeanConfidence { get; init; }

    /// <summary>The mean of −ln p(label).</summary>
    public required double LogLoss { get; init; }

    /// <summary>Its interval.</summary>
    public required Interval LogLossInterval { get; init; }

    /// <summary>The top label's expected calibration error.</summary>
    public required double Ece { get; init; }

    /// <summary>That of a calibrated model on these rows; null where not looked at.</summary>
    public CalibratedNull? EceCalibrated { get; init; }

    /// <summary>The probability of so large a deviation where the confidence is right; NaN where too few rows to test.</summary>
    public required double PValue { get; init; }

    /// <summary>The same corrected for the number of groups (Holm's method).</summary>
    public required double AdjustedPValue { get; init; }

    /// <summary>What to make of its calibration.</summary>
    public PartVerdict? Verdict { get; init; }
}
