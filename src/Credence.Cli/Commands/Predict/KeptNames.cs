using System.Text.RegularExpressions;
using Credence.Data;

namespace Credence.Cli.Commands.Predict;

/// <summary>The names of columns that are carried through into csv: their own, unless a column of the predictions has it.</summary>
internal static partial class KeptNames
{
    /// <summary>The column's name, after <c>kept_</c> where a column of predictions has that name.</summary>
    public static string Of(KeptColumn column) => OfPredictions().IsMatch(column.Name) ? $"kept_{column.Name}" : column.Name;

    [GeneratedRegex("^(row|file|label|labels|probability|probabilities|(label|probability)_[0-9]+|set|action|expected_cost|outlier|"
        + "outlier_p|abstain)$", RegexOptions.CultureInvariant)]
    private static partial Regex OfPredictions();
}
