namespace Credence.Evaluation.Metrics;

/// <summary>What a metric's value is compared with in its verdict.</summary>
internal enum VerdictRule
{
    /// <summary>What the probabilities themselves lead to expect; no verdict where that is not known.</summary>
    Expectation,

    /// <summary>The 95 % point of a calibrated model, of a calibration error.</summary>
    CalibrationError,

    /// <summary>Chance, of a ranking.</summary>
    Chance,
}
