namespace Credence.Evaluation.Metrics;

/// <summary>The reference a metric's value is compared with in its verdict.</summary>
internal enum VerdictRule
{
    /// <summary>The value that calibrated probabilities imply; no verdict where that is not known.</summary>
    Expectation,

    /// <summary>For a calibration error: the 95 % point of a calibrated model.</summary>
    CalibrationError,

    /// <summary>For a ranking metric: chance.</summary>
    Chance,
}
