namespace Credence.Cli.Errors;

/// <summary>The exit codes of the command.</summary>
internal static class ExitCodes
{
    /// <summary>Success.</summary>
    public const int Done = 0;

    /// <summary>Failure, such as a bad file or a full disk.</summary>
    public const int Failed = 1;

    /// <summary>Usage error.</summary>
    public const int Usage = 2;

    /// <summary>Cancelled by Ctrl-C.</summary>
    public const int Cancelled = 130;
}
