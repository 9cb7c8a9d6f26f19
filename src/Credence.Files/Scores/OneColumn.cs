using System.Globalization;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Scores;

/// <summary>One column of scores of two classes: it is for the positive class, which an option, the column's name or the labels say; never
/// the alphabet.</summary>
internal static class OneColumn
{
    private static readonly string[] PositiveNames = ["1", "true", "yes"];

    /// <summary>The scores with a column for each of the two classes, the positive one second.</summary>
    /// <exception cref="ArgumentException">It is unknown whether they are logits or probabilities, or which class they are for.</exception>
    /// <exception cref="InvalidDataException">A score is no probability, or there are more than two labels.</exception>
    public static ScoreTable AsTwo(
        ScoreTable table, ScoreKind? kind, IReadOnlyList<string?>? texts, ReadOptions options,
        IReadOnlyList<string>? known, string file, List<string> notes)
    {
        if (kind is null)
        {
            throw new ArgumentException(
                $"{file} has one column of scores, and it is unknown whether they are logits or probabilities. " +
                $"Set {ReadOptionNames.ScoreKind} to 'logits' or 'probabilities'.");
        }

        var values = new double[table.Rows * 2];
        for (int row = 0; row < table.Rows; row++)
        {
            if (kind == ScoreKind.Probabilities && !(table.Values[row] is >= 0 and <= 1))
                throw new InvalidDataException($"{table.PlaceOf(row)}: the one column of scores holds "
                    + $"{table.Values[row].ToString(CultureInfo.InvariantCulture)}; a probability is from 0 to 1.");

            values[2 * row] = kind == ScoreKind.Probabilities ? 1 - table.Values[row] : 0;
            values[(2 * row) + 1] = table.Values[row];
        }

        string[]? classes = known?.Count == 2 && texts is not null ? [.. known]
            : texts is null || options.LabelNames is not null ? null
            : Classes(table, texts, options, file);
        string positive = classes is null ? "the second class" : $"'{NameDisplay.Shortened(classes[1])}'";
        notes.Add($"{file}: its one column of scores is for {positive}.");
        return table with { Values = values, Columns = 2, Classes = classes };
    }

    private static string[] Classes(ScoreTable table, IReadOnlyList<string?> texts, ReadOptions options, string file)
    {
        string? positive = options.Positive;
        string[] labels = [.. Labels.From(CategoryColumn.FromNames("label", texts)).Names];
        bool mayMark = labels.Length > 2 && labels.All(label => ScoreLabels.Number(label) is not null);
        if (options.IgnoreLabel is not null || mayMark)
            labels = [.. labels.Where(label => !ScoreLabels.IsIgnored(label, options.IgnoreLabel))];

        if (labels.Length > 2)
            throw new InvalidDataException($"{file} has one column of scores, enough for two classes, and {labels.Length} "
                + $"labels: {NameDisplay.List(labels)}.");

        string? name = table.Classes?[0];
        string? found = positive is not null
            ? labels.FirstOrDefault(label => label == positive) ?? throw new ArgumentException(
                $"{ReadOptionNames.Positive} '{positive}' is none of the labels of {file}: {NameDisplay.List(labels)}.")
            : labels.FirstOrDefault(label => label == name) ?? labels.FirstOrDefault(IsPositive);
        string? other = labels.FirstOrDefault(label => label != found);
        if (found is null && other is not null && labels.Length == 1 && ScoreLabels.Number(other) == 0)
            return [other, "1"];

        return found is null
            ? throw new ArgumentException($"{file} has one column of scores{(name is null ? "" : $", '{NameDisplay.Shortened(name)}'")}, "
                + $"and its labels are {NameDisplay.List(labels)}: it is unknown which of them the scores are for. Set "
                + $"{ReadOptionNames.Positive} to that label.")
            : [other ?? (ScoreLabels.Number(found) == 1 ? "0" : $"not {found}"), found];
    }

    private static bool IsPositive(string label) =>
        PositiveNames.Contains(label, StringComparer.OrdinalIgnoreCase) || ScoreLabels.Number(label) == 1;
}
