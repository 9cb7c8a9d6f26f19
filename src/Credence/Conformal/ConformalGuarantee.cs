namespace Credence.Conformal;

/// <summary>What the coverage of prediction sets rests on.</summary>
public enum ConformalGuarantee
{
    /// <summary>The rows the quantile comes from had no part in the model nor its calibrator: coverage follows
    /// <see cref="CoverageLaw"/> exactly, if future rows are like them.</summary>
    Exact,

    /// <summary>They had a part (out-of-fold scores of models since refitted, a temperature fitted on the same rows):
    /// coverage is near its aim, without a proof.</summary>
    Approximate,
}
