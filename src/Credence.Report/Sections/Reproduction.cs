namespace Credence.Report.Sections;

/// <summary>What is needed to reproduce the report.</summary>
/// <param name="Command">The command as it was given.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="DataHash">SHA-256 of the data, in hexadecimal; null where not known.</param>
/// <param name="Version">The version of Credence.</param>
public sealed record Reproduction(string Command, ulong Seed, string? DataHash, string Version)
{
    /// <summary>SHA-256 of the file written beside the report, in hexadecimal; null where there is none.</summary>
    public string? OutputHash { get; init; }
}
