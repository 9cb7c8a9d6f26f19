using Credence.Data;
using Credence.Data.Splits;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Workflows;

/// <summary>The rows that have a label, and their numbers among all rows read.</summary>
/// <param name="Data">The rows with a label.</param>
/// <param name="Rows">Their 0-based numbers among all rows read, rising.</param>
/// <param name="Read">The number of rows read.</param>
public sealed record LabelledRows(DataSet Data, IReadOnlyList<int> Rows, int Read)
{
    /// <summary>The group of each row with a label, null where it is missing; null where no column of groups was named.</summary>
    public IReadOnlyList<string?>? Groups { get; private init; }

    /// <summary>Rows whose label is none of a model's classes, left out of these; null where there are none.</summary>
    public UnseenLabels? Unseen { get; private init; }

    /// <summary>Notes on the rows left out; empty where there are none.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            int unlabelled = Read - Rows.Count - (Data.LabelSets is null ? Unseen?.Rows ?? 0 : 0);
            var notes = new List<string>();
            if (unlabelled > 0)
                notes.Add($"{unlabelled} of {Read} rows have no label and are left out");

            if (Unseen is { } unseen)
                notes.Add(Data.LabelSets is null ? unseen.Note : unseen.SetNote);

            return notes;
        }
    }

    /// <summary>The rows whose label is one of a model's classes, the others apart; where rows have several labels, all rows, with those
    /// of their labels that are.</summary>
    /// <exception cref="InvalidDataException">No row has such a label.</exception>
    public LabelledRows Among(IReadOnlyList<string> classes)
    {
        if (Data.LabelSets is { } sets)
        {
            LabelSets matched = LabelMatching.ToClasses(sets, classes, out UnseenLabels? left);
            return this with { Data = Data with { LabelSets = matched }, Unseen = left };
        }

        UnseenLabels? unseen = UnseenLabels.Split(Data, classes, out DataSet seen, out int[] rows);
        return this with
        {
            Data = seen,
            Rows = [.. rows.Select(row => Rows[row])],
            Groups = Groups is { } groups ? [.. rows.Select(row => groups[row])] : null,
            Unseen = unseen,
        };
    }

    /// <summary>Leaves out the rows without a label; in multi-label data, a row without labels is kept.</summary>
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

    /// <summary>The part of every row read: the given one, or <c>none</c> where there is no label.</summary>
    public IReadOnlyList<string> Parts(string part) => Parts(Enumerable.Range(0, Rows.Count).Select(row => (row, part)));

    /// <summary>The part of every row read, by a split of the labelled ones: <c>train</c>, <c>valid</c>, <c>test</c> or
    /// <c>none</c>.</summary>
    public IReadOnlyList<string> Parts(Split split) => Parts(
        split.Train.Select(row => (row, "train"))
            .Concat(split.Validation.Select(row => (row, "valid")))
            .Concat(split.Test.Select(row => (row, "test"))));

    /// <exception cref="WorkflowOptionException">No option names the label.</exception>
    internal static void CheckSaysLabel(IRowSource source)
    {
        if (source.LabelName is null)
        {
            string more = source.Columns.Count > 40 ? $" and {source.Columns.Count - 40} more." : ".";
            throw new WorkflowOptionException(
                $"No column is named as the label. The columns are {string.Join(", ", source.Columns.Take(40))}{more}",
                nameof(ReadOptions.Label));
        }
    }

    private string[] Parts(IEnumerable<(int Row, string Part)> labelled)
    {
        var parts = new string[Read];
        Array.Fill(parts, "none");
        foreach ((int row, string part) in labelled)
            parts[Rows[row]] = part;

        return parts;
    }
}
