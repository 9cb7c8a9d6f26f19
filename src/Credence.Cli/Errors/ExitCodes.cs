namespace Credence.Cli.Errors;

/// <summary>What the command says to the shell.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>It failed: a bad file, a full disk.</summary>
    public const int Failed = 1;

    /// <summary>It was called wrongly.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Cancelled = 130;
}
