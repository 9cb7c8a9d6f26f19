namespace Credence.LogitModels;

/// <summary>Whether a blend of all learners takes part in a contest.</summary>
public enum BlendEntry
{
    /// <summary>There is no blend.</summary>
    None,

    /// <summary>It takes part as the last and least simple.</summary>
    Candidate,

    /// <summary>It is the result.</summary>
    Alone,
}
