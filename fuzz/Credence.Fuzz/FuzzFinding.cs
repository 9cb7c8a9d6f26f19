using System.Security.Cryptography;

namespace Credence.Fuzz;

/// <summary>An input that a reader fails on.</summary>
/// <param name="Input">Its bytes.</param>
/// <param name="Problem">What happened.</param>
public sealed record FuzzFinding(byte[] Input, string Problem)
{
    /// <summary>What tells inputs apart, for a file's name.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Input))[..12];
}
