using System.Globalization;
using Credence.Cli.Errors;

namespace Credence.Cli.Options;

/// <summary>A size of memory as it is written: <c>500MB</c>, <c>8 GB</c>, or bytes.</summary>
internal static class MemorySize
{
    private static readonly (string Unit, double Bytes)[] Units = [("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("B", 1)];

    /// <summary>The size in bytes.</summary>
    /// <exception cref="UsageException">It is not such a size.</exception>
    public static long Parse(string text, string option)
    {
        (string unit, double bytes) = Units.FirstOrDefault(unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase), ("", 1));
        return double.TryParse(text.AsSpan(0, text.Length - unit.Length).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out double number) && number * bytes is >= 1 and < long.MaxValue
            ? (long)(number * bytes)
            : throw new UsageException($"{option} is '{text}'; it must be a size of memory, such as 500MB or 8GB.");
    }
}
