namespace Credence.Boosting;

/// <summary>What stands for the second derivative of a row's loss in a logit, with p the class's probability and y whether it is the
/// label.</summary>
public enum RowCurvature
{
    /// <summary>|p − y|, an upper bound of p(1 − p) that bounds the value of a leaf by 1.</summary>
    Bound,

    /// <summary>p(1 − p), the second derivative itself.</summary>
    Exact,
}
