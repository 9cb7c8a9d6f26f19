using System.Globalization;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Sources;

namespace Credence.Files.Scores;

/// <summary>Matches labels with the classes of saved scores.</summary>
internal static class ScoreLabels
{
    /// <summary>The scores with their labels as class indices. A label equal to a class name is that class; where classes have no names,
    /// or no label matches one, whole numbers are class indices from 0.</summary>
    /// <param name="table">The scores, as read.</param>
    /// <param name="file">Their file.</param>
    /// <param name="options">Where the labels are, and the classes' names.</param>
    /// <param name="kind">The kind of the scores, where it is stated.</param>
    /// <param name="detects">Whether the numbers may tell what one column holds, where nothing states it.</param>
    /// <exception cref="InvalidDataException">A label is not a class, or there are more or fewer labels than rows.</exception>
    public static SavedScores Join(ScoreTable table, InputFile file, ReadOptions options, ScoreKind? kind, bool detects)
    {
        var notes = new List<string>(table.Notes);
        if (table.Rows == 0)
            throw new InvalidDataException($"{file.Name} has no rows of scores.");

        IReadOnlyList<string>? names = LabelFiles.Names(options);
        ExternalLabels? external = LabelFiles.Labels(options, null);
        external?.CheckCount(table.Rows, file.Name);
        IReadOnlyList<string?>? texts = external is null ? table.Labels
            : [.. Enumerable.Range(0, external.Column.Count).Select(row => external.Column[row])];
        if (texts is not null && texts.Count != table.Rows)
            throw new InvalidDataException(
                $"{file.Name} has {table.Rows:N0} rows of scores and {texts.Count:N0} labels; they must be as many.");

        Func<int, RowPlace> labelPlaceOf = external?.PlaceOf ?? table.LabelPlaceOf ?? table.PlaceOf;
        if (table.Columns == 1)
            table = TwoClasses(table, kind ?? (detects ? KindOf(table.Values) : null), texts, file, notes);

        IReadOnlyList<string>? classes = names ?? table.Classes;
        if (classes is not null && classes.Count != table.Columns)
            throw new InvalidDataException($"{file.Name} has {table.Columns} columns of scores, and there are {classes.Count} class "
                + $"names, {NameDisplay.List(classes)}; the numbers must agree.");

        int[]? indices = texts is null ? null : Indices(texts, classes, table.Columns, labelPlaceOf, notes);
        classes ??= [.. Enumerable.Range(0, table.Columns).Select(k => k.ToString(CultureInfo.InvariantCulture))];
        if (classes.Distinct(StringComparer.Ordinal).Count() < classes.Count)
        {
            string twice = classes.GroupBy(name => name, StringComparer.Ordinal).First(group => group.Count() > 1).Key;
            throw new InvalidDataException(
                $"{file.Name}: two classes are named '{NameDisplay.Shortened(twice)}'; each needs a name of its own.");
        }

        return new SavedScores
        {
            Name = file.Name,
            Values = table.Values,
            Rows = table.Rows,
            Classes = classes,
            AreClassesNamed = names is not null || table.Classes is not null,
            Kind = kind,
            Labels = indices is null ? null : new Labels(indices, classes),
            Groups = table.Groups,
            Places = table.PlaceOf,
            Notes = notes,
            Fingerprint = DataFingerprint.Compute([file]),
        };
    }

    /// <summary>One column of scores as the second of two classes.</summary>
    private static ScoreTable TwoClasses(
        ScoreTable table, ScoreKind? kind, IReadOnlyList<string?>? texts, InputFile file, List<string> notes)
    {
        if (kind is null)
        {
            throw new ArgumentException(
                $"{file.Name} has one column of scores, and it is unknown whether they are logits or probabilities. " +
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

        IReadOnlyList<string>? classes = null;
        if (texts is not null)
        {
            classes = Labels.From(CategoryColumn.FromNames("label", texts)).Names;
            if (classes.Count > 2)
                throw new InvalidDataException($"{file.Name} has one column of scores, enough for two classes, and {classes.Count} "
                    + $"labels: {NameDisplay.List(classes)}.");

            if (classes.Count == 1)
                classes = classes[0] is "0" or "1" ? ["0", "1"] : null;
        }

        notes.Add($"{file.Name}: its one column of scores is for the second class{(classes is null ? "" : $", "
            + $"'{NameDisplay.Shortened(classes[1])}'")}.");
        return table with { Values = values, Columns = 2, Classes = classes };
    }

    /// <summary>One column is of probabilities where all of it lies from 0 to 1.</summary>
    private static ScoreKind KindOf(double[] values) =>
        values.AsSpan().ContainsAnyExceptInRange(0, 1) ? ScoreKind.Logits : ScoreKind.Probabilities;

    private static int[] Indices(
        IReadOnlyList<string?> texts, IReadOnlyList<string>? classes, int count, Func<int, RowPlace> placeOf, List<string> notes)
    {
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int k = 0; k < (classes?.Count ?? 0); k++)
            byName.TryAdd(classes![k], k);

        bool isNumbered = !texts.Any(text => text is not null && byName.ContainsKey(text));
        bool fromOne = isNumbered && texts.Contains($"{count}") && !texts.Contains("0");
        var indices = new int[texts.Count];
        for (int row = 0; row < indices.Length; row++)
        {
            indices[row] = texts[row] switch
            {
                null => Labels.Missing,
                "-1" when isNumbered => Labels.Missing,
                var text when byName.TryGetValue(text, out int k) => k,
                var text when isNumbered && IsIndex(text, count, out int k) => k,
                var text => throw new InvalidDataException(
                    $"{placeOf(row)}: the label '{NameDisplay.Shortened(text)}' is not one of the {count} classes" +
                    $"{(classes is null ? $", 0 to {count - 1}" : $" {NameDisplay.List(classes)}")}."
                    + (fromOne ? " Labels that count from 1 need 1 subtracted from each."
                        : classes is not null || double.TryParse(text, CultureInfo.InvariantCulture, out _) ? ""
                        : $" Name the classes: by an array 'classes', a header, or {ReadOptionNames.LabelNames}.")),
            };
        }

        if (isNumbered && classes is not null && texts.Any(text => text is not null))
            notes.Add("no label matches a class name, so labels are read as class indices from 0.");

        return indices;
    }

    private static bool IsIndex(string text, int count, out int index) =>
        // 2 or 2.0, as tables with gaps save it.
        int.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out index) && index < count;
}
