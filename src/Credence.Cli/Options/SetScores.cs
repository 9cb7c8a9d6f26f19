using Credence.Decisions;

namespace Credence.Cli.Options;

/// <summary>The prediction sets' scores by the names the command uses.</summary>
internal static class SetScores
{
    /// <summary>The names.</summary>
    public static readonly string[] Names = [.. Enum.GetNames<ConformalScore>().Select(name => name.ToLowerInvariant())];

    /// <summary>The score of a name.</summary>
    public static ConformalScore Of(string name) => Enum.Parse<ConformalScore>(name, ignoreCase: true);

    /// <summary>The name of a score.</summary>
    public static string NameOf(ConformalScore score) => score.ToString().ToLowerInvariant();
}
