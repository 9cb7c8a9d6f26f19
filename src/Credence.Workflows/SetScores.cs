using System.Text.Json;
using Credence.Conformal;

namespace Credence.Workflows;

/// <summary>The nonconformity scores by name: lac, aps, raps, saps, margin, top-k.</summary>
public static class SetScores
{
    /// <summary>The names.</summary>
    public static readonly string[] Names = [.. Enum.GetValues<ConformalScore>().Select(NameOf)];

    /// <summary>The score of a name.</summary>
    public static ConformalScore Of(string name) => Enum.GetValues<ConformalScore>()[Array.IndexOf(Names, name)];

    /// <summary>The name of a score.</summary>
    public static string NameOf(ConformalScore score) => JsonNamingPolicy.KebabCaseLower.ConvertName(score.ToString());
}
