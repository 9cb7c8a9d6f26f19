namespace Credence.Conformal;

/// <summary>The kind of coverage guarantee of prediction sets.</summary>
public enum ConformalGuarantee
{
    /// <summary>The rows of the quantile were not used for the model or its calibrator: the coverage follows
    /// <see cref="CoverageLaw"/> exactly, if future rows are like them.</summary>
    Exact,

    /// <summary>The rows were used for either (out-of-fold scores of models since refitted, a temperature fitted on the same rows):
    /// the coverage is near its target, without a proof.</summary>
    Approximate,
}
