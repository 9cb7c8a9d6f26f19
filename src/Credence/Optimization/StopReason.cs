namespace Credence.Optimization;

/// <summary>Why a solver stopped. Non-convergence is data, not an exception.</summary>
public enum StopReason
{
    /// <summary>The objective is within the tolerance of its optimum.</summary>
    Converged,

    /// <summary>The iteration limit was reached first; the certificate bounds the distance to the optimum.</summary>
    IterationLimit,

    /// <summary>No step lowers the objective in double precision, although the tolerance is not met.</summary>
    NoProgress,

    /// <summary>The classes are separable and there is no penalty, so no finite optimum exists.</summary>
    Separable,

    /// <summary>All passes over the streamed rows are done; there is no bound on the distance to the optimum.</summary>
    PassesDone,
}
