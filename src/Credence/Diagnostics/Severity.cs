namespace Credence.Diagnostics;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>The numbers can't be relied on before it is mended.</summary>
    Problem,
}
