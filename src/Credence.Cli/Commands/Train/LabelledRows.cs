using Credence.Data;
using Credence.Data.Splits;
using Credence.Files.Records;

namespace Credence.Cli.Commands.Train;

/// <summary>The rows of a file that have a label, and where they stood.</summary>
/// <param name="Data">The rows with a label.</param>
/// <param name="Rows">Their 0-based numbers among all rows read, rising.</param>
/// <param name="Read">The number of rows read.</param>
internal sealed record LabelledRows(DataSet Data, int[] Rows, int Read)
{
    /// <summary>The group of each row with a label, null where it is missing; null where no column of groups was named.</summary>
    public IReadOnlyList<string?>? Groups { get; private init; }

    /// <summary>What a person should know.</summary>
    public IReadOnlyList<string> Notes =>
        Rows.Length == Read ? [] : [$"{Read - Rows.Length} of {Read} rows have no label and are left out"];

    /// <summary>Leaves out the rows without a label; where rows may have several, having none is an answer.</summary>
    /// <exception cref="InvalidDataException">There are no labels.</exception>
    public static LabelledRows Of(DataChunk chunk)
    {
        DataSet data = chunk.ToDataSet();
        if (data.LabelSets is not null)
            return new LabelledRows(data, [.. Enumerable.Range(0, data.Rows)], data.Rows);

        Labels labels = data.Labels ?? throw new InvalidDataException("The rows have no labels.");
        int[] known = [.. Enumerable.Range(0, data.Rows).Where(row => labels[row] != Labels.Missing)];
        return known.Length > 0
            ? new LabelledRows(known.Length == data.Rows ? data : data.Select(known), known, data.Rows)
            {
                Groups = chunk.Groups is { } groups ? [.. known.Select(row => groups[row])] : null,
            }
            : throw new InvalidDataException($"None of the {data.Rows} rows has a label.");
    }

    /// <summary>Refuses data of which nothing says what the label is.</summary>
    /// <exception cref="UsageException">Nothing does.</exception>
    public static void CheckSaysLabel(IRowSource source)
    {
        if (source.LabelName is null)
        {
            throw new UsageException(
                $"Which column is the label? Give --label NAME or --label INDEX (-1 is the last). The columns are {string.Join(", ", source.Columns.Take(40))}"
                + (source.Columns.Count > 40 ? $" and {source.Columns.Count - 40} more." : "."));
        }
    }

    /// <summary>The part of every row read: the given one, or none where there is no label.</summary>
    public string[] Parts(string part) => Parts(Enumerable.Range(0, Rows.Length).Select(row => (row, part)));

    /// <summary>The part of every row read, by a split of the labelled ones.</summary>
    public string[] Parts(Split split) => Parts(
        split.Train.Select(row => (row, "train")).Concat(split.Validation.Select(row => (row, "valid"))).Concat(split.Test.Select(row => (row, "test"))));

    private string[] Parts(IEnumerable<(int Row, string Part)> labelled)
    {
        var parts = new string[Read];
        Array.Fill(parts, "none");
        foreach ((int row, string part) in labelled)
            parts[Rows[row]] = part;

        return parts;
    }
}
