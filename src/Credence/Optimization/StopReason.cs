namespace Credence.Optimization;

/// <summary>Why a solver stopped. Not having arrived is a fact about the fit, not an exception.</summary>
public enum StopReason
{
    /// <summary>The objective is within the tolerance of its optimum.</summary>
    Converged,

    /// <summary>The limit on iterations came first; the certificate says how far the optimum can still be.</summary>
    IterationLimit,

    /// <summary>No step lowers the objective any more in double precision, before the tolerance was met.</summary>
    NoProgress,

    /// <summary>Without a penalty the classes can be told apart without error, so that no finite optimum exists.</summary>
    Separable,

    /// <summary>All passes over streamed rows were made; nothing bounds how far the optimum can still be.</summary>
    PassesDone,
}
