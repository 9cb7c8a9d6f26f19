using System.Buffers;
using Credence.Data;
using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Scores in records: a column per class, named by the header, and a column of labels.</summary>
internal static class RecordScores
{
    private const int CheckStride = 16, BytesPerRow = 64, TextRows = 100;
    private static readonly string[] LabelNames = ["label", "labels", "y_true", "true_label", "ground_truth"];
    private static readonly HashSet<string> NotFinite = new(StringComparer.OrdinalIgnoreCase) { "nan", "inf", "-inf", "infinity", "∞" };
    private static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdfghijklmnopqrstuvwxyzABCDFGHIJKLMNOPQRSTUVWXYZ_/:");

    /// <summary>Reads the scores. Columns of texts are no scores: they are left out, and said.</summary>
    /// <exception cref="InvalidDataException">A score is not a number: the message says where.</exception>
    /// <exception cref="ArgumentException">An option names a column that doesn't exist.</exception>
    public static ScoreTable Read(IRecordFile text, ReadOptions options)
    {
        string file = text.Input.Name;
        ColumnRole[] roles = ColumnRoles.Of(file, text.Names, options, isLenient: false);
        int label = Array.IndexOf(roles, ColumnRole.Label);
        if (label < 0 && options.LabelsFile is null)
            label = LabelNames.Select(name => text.Names.IndexOf(name)).FirstOrDefault(found => found >= 0, -1);

        int[] keptFields = [.. options.Keep.Select(
            column => ColumnRoles.Find(file, text.Names, column, ReadOptionNames.Keep, isLenient: false))];
        foreach (int i in keptFields.Where(i => roles[i] == ColumnRole.Feature))
            roles[i] = ColumnRole.LeftOut;

        int[] scores = [.. Enumerable.Range(0, roles.Length).Where(i => i != label && roles[i] == ColumnRole.Feature)];
        var notes = new List<string>(text.Notes);
        if (text.IsNamed)
            scores = WithoutTexts(text, scores, notes);

        if (scores.Length == 0)
            throw new InvalidDataException($"{file} has no score column; its columns are {NameDisplay.List(text.Names)}.");

        var missing = new MissingMarkers(options.Missing);
        NumberFormat? way = CellFormat.Way(options);
        int group = Array.IndexOf(roles, ColumnRole.Group);
        var others = new ScoreColumns(text, roles, missing);
        var kept = new KeptCells([.. keptFields.Select(i => text.Names[i])]);
        var groups = new List<string?>();
        var values = new List<double>();
        var labels = new List<string?>();
        var lines = new List<long>();
        var memory = new RowMemory(options);
        using IRecords records = text.Open(mistrustQuotes: false);
        while (records.Next())
        {
            RecordWidth.Check(text, records);
            foreach (int i in scores)
                values.Add(Score(records, i, text, isFirst: lines.Count == 0, options.Missing is null ? null : missing, way));

            labels.Add(Named(records, label, options.Missing is null ? null : missing));
            if (group >= 0)
                groups.Add(Named(records, group, options.Missing is null ? null : missing));

            others.Add(records);
            kept.Add(records, keptFields);
            lines.Add(records.Line);
            if (lines.Count % CheckStride == 0)
            {
                // The list of values and its copy; the other lists hold a text and a number in each row.
                memory.Check((2L * values.Capacity * sizeof(double)) + ((long)lines.Capacity * BytesPerRow) + kept.Bytes,
                    () => $"{new RowPlace(file, records.Line)}: the {lines.Count:N0} rows of scores read so far");
            }
        }

        return new ScoreTable
        {
            Values = [.. values],
            Rows = lines.Count,
            Columns = scores.Length,
            Classes = text.IsNamed ? [.. scores.Select(i => text.Names[i])] : null,
            Labels = label < 0 ? null : labels,
            Groups = group < 0 ? null : groups,
            Weights = others.Weights,
            Kept = kept.Take(),
            Parts = others.Parts,
            Times = others.Times,
            PlaceOf = row => new RowPlace(file, lines[row]),
            Notes = notes,
        };
    }

    /// <summary>The columns without those whose first cells hold texts only, such as the name of a patient.</summary>
    private static int[] WithoutTexts(IRecordFile text, int[] scores, List<string> notes)
    {
        var isText = new bool[text.Names.Count];
        using (IRecords records = text.Open(mistrustQuotes: false))
        {
            foreach (int i in scores)
                isText[i] = true;

            int seen = 0;
            for (; seen < TextRows && records.Next(); seen++)
            {
                RecordWidth.Check(text, records);
                foreach (int i in scores)
                    isText[i] &= !LooksLikeScore(records, i);
            }

            if (seen == 0)
                return scores;
        }

        int[] kept = [.. scores.Where(i => !isText[i])];
        if (kept.Length == 0 || kept.Length == scores.Length)
            return scores;

        string[] left = [.. scores.Where(i => isText[i]).Select(i => text.Names[i])];
        notes.Add($"{text.Input.Name}: {NameDisplay.List(left)} "
            + $"{(left.Length == 1 ? "holds texts and is no class" : "hold texts and are no "
            + "classes")} ({ReadOptionNames.Drop}); a column that says which rows belong together is given by {ReadOptionNames.Group}.");
        return kept;
    }

    /// <summary>Whether a cell is a score, or one badly written, which has a message of its own.</summary>
    private static bool LooksLikeScore(IRecords records, int field)
    {
        ReadOnlySpan<char> cell = records.Text(field);
        return records.TryNumber(field, out _) || cell.IsEmpty || NotFinite.Contains(cell.ToString())
            || (cell.ContainsAnyInRange('0', '9') && !cell.ContainsAny(Letters));
    }

    /// <summary>The text of a cell; null where it is empty, or one of the markers that an option names.</summary>
    private static string? Named(IRecords records, int field, MissingMarkers? markers)
    {
        ReadOnlySpan<char> cell = field < 0 ? [] : records.Text(field);
        return cell.IsEmpty || (markers is not null && markers.Has(cell)) ? null : cell.ToString();
    }

    private static double Score(
        IRecords records, int field, IRecordFile text, bool isFirst, MissingMarkers? markers, NumberFormat? way)
    {
        if (markers is not null && markers.Has(records.Text(field)))
        {
            throw new InvalidDataException(
                $"{new RowPlace(text.Input.Name, records.Line)}, column '{NameDisplay.Shortened(text.Names[field])}': the score is missing "
                + $"('{NameDisplay.Shortened(records.Text(field))}'); every class needs a score. Leave such rows out.");
        }

        bool isNumber = way is null || records.IsNumber(field) ? records.TryNumber(field, out double score)
            : way.TryParse(records.Text(field), out score);
        if (isNumber && !double.IsPositiveInfinity(score))
            return score;

        string place = $"{new RowPlace(text.Input.Name, records.Line)}, column '{NameDisplay.Shortened(text.Names[field])}'";
        string cell = NameDisplay.Shortened(records.Text(field));
        throw new InvalidDataException(double.IsPositiveInfinity(score) || cell.Equals("nan", StringComparison.OrdinalIgnoreCase)
            ? $"{place}: the score '{cell}' is not finite."
            : $"{place}: {(cell.Length == 0 ? "the cell is empty" : $"'{cell}' is not a number")}{Advice(records.Text(field), isFirst)}");
    }

    /// <summary>Advice on how to make a cell a score, or to exclude the column.</summary>
    private static string Advice(ReadOnlySpan<char> cell, bool isFirst)
    {
        if (cell.EndsWith("%") && NumberParser.TryParse(cell[..^1].TrimEnd(), out _))
            return "; save it without the percent sign.";

        if (cell.Count(',') == 1 && NumberParser.TryParse(cell.ToString().Replace(',', '.'), out _))
            return $". It is written with a decimal comma: set {ReadOptionNames.Decimal} to ','.";

        return isFirst
            ? ", and every column but the label is a class's score. " +
                $"Set {ReadOptionNames.Label} or {ReadOptionNames.Drop} for columns that aren't."
            : "; every class needs a score.";
    }
}
