namespace Credence.Diagnostics;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>No problem.</summary>
    Good,

    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>A problem: the probabilities are unreliable until it is corrected.</summary>
    Problem,
}
