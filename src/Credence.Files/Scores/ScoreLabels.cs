using System.Globalization;
using Credence.Data;
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
    /// <param name="oneColumn">The two classes of one column of scores, the positive one second, where they are known.</param>
    /// <exception cref="InvalidDataException">A label is not a class, or there are more or fewer labels than rows.</exception>
    public static SavedScores Join(
        ScoreTable table, InputFile file, ReadOptions options, ScoreKind? kind, bool detects, IReadOnlyList<string>? oneColumn) =>
        Join(table, file.Name, () => DataFingerprint.Compute([file]), options, kind, detects, oneColumn);

    /// <summary>The same of scores that are in no file of their own.</summary>
    public static SavedScores Join(
        ScoreTable table, string name, Func<string> fingerprint, ReadOptions options, ScoreKind? kind, bool detects,
        IReadOnlyList<string>? oneColumn)
    {
        var notes = new List<string>(table.Notes);
        if (table.Rows == 0)
            throw new InvalidDataException($"{name} has no rows of scores.");

        IReadOnlyList<string>? names = LabelFiles.Names(options);
        ExternalLabels? external = LabelFiles.Labels(options, null);
        external?.CheckCount(table.Rows, name);
        IReadOnlyList<string?>? texts = external is null ? table.Labels
            : [.. Enumerable.Range(0, external.Column.Count).Select(row => external.Column[row])];
        if (texts is not null && texts.Count != table.Rows)
            throw new InvalidDataException(
                $"{name} has {table.Rows:N0} rows of scores and {texts.Count:N0} labels; they must be as many.");

        Func<int, RowPlace> labelPlaceOf = external?.PlaceOf ?? table.LabelPlaceOf ?? table.PlaceOf;
        if (texts is not null)
            table = ScoreColumnChoice.WithoutOthers(table, texts, options.IgnoreLabel, name, notes);

        if (table.Columns == 1)
            table = OneColumn.AsTwo(
                table, kind ?? (detects ? KindOf(table.Values) : null), texts, options, oneColumn, name, notes);
        else if (options.Positive is not null)
            throw new ArgumentException($"{ReadOptionNames.Positive} '{options.Positive}' says which class one column of scores is for; "
                + $"{name} has {table.Columns} columns, a class each.");

        IReadOnlyList<string>? classes = names ?? table.Classes;
        if (classes is not null && classes.Count != table.Columns)
            throw new InvalidDataException($"{name} has {table.Columns} columns of scores, and there are {classes.Count} class "
                + $"names, {NameDisplay.List(classes)}; the numbers must agree.");

        int[]? indices = texts is null ? null : Indices(texts, classes, table.Columns, options.IgnoreLabel, labelPlaceOf, notes);
        classes ??= [.. Enumerable.Range(0, table.Columns).Select(k => k.ToString(CultureInfo.InvariantCulture))];
        if (classes.Distinct(StringComparer.Ordinal).Count() < classes.Count)
        {
            string twice = classes.GroupBy(one => one, StringComparer.Ordinal).First(group => group.Count() > 1).Key;
            throw new InvalidDataException(
                $"{name}: two classes are named '{NameDisplay.Shortened(twice)}'; each needs a name of its own.");
        }

        return new SavedScores
        {
            Name = name,
            Values = table.Values,
            Rows = table.Rows,
            Classes = classes,
            AreClassesNamed = names is not null || table.Classes is not null,
            Kind = kind,
            Labels = indices is null ? null : new Labels(indices, classes),
            Groups = table.Groups,
            Weights = table.Weights,
            Kept = table.Kept,
            Parts = table.Parts,
            Times = table.Times,
            Places = table.PlaceOf,
            Notes = notes,
            Fingerprint = fingerprint(),
        };
    }

    /// <summary>One column is of probabilities where all of it lies from 0 to 1.</summary>
    private static ScoreKind KindOf(double[] values) =>
        values.AsSpan().ContainsAnyExceptInRange(0, 1) ? ScoreKind.Logits : ScoreKind.Probabilities;

    private static int[] Indices(
        IReadOnlyList<string?> texts, IReadOnlyList<string>? classes, int count, string? ignore, Func<int, RowPlace> placeOf,
        List<string> notes)
    {
        bool IsIgnored(string text) => ScoreLabels.IsIgnored(text, ignore);

        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int k = 0; k < (classes?.Count ?? 0); k++)
            byName.TryAdd(classes![k], k);

        // Labels that are numbers are equal to names that are the same numbers: 1.0 is 1.
        var byValue = new Dictionary<double, int>();
        for (int k = 0; k < (classes?.Count ?? 0); k++)
        {
            if (Number(classes![k]) is { } value)
                byValue.TryAdd(value, k);
        }

        bool isNumbered = !texts.Any(text =>
            text is not null && (ignore is null || !IsIgnored(text))
                && (byName.ContainsKey(text) || (Number(text) is { } v && byValue.ContainsKey(v))));
        bool areNumbers = isNumbered || byValue.Count == classes?.Count;
        double[] numbers = [.. texts.Select(text => text is null ? null : Number(text)).OfType<double>().Where(value => value >= 0)];
        bool fromOne = isNumbered && numbers.Length > 0 && numbers.Min() >= 1 && numbers.Max() == count;
        if (isNumbered && classes is not null && numbers.Length > 0 && numbers.Min() >= 1 && numbers.Max() < count)
        {
            throw new InvalidDataException(
                $"No label is a class name of {NameDisplay.List(classes)}, and the labels are numbers from "
                + $"{numbers.Min()} to {numbers.Max()} of {count} classes: they may count from 1 or from 0 with none of the first class. "
                + "Labels that count from 1 need 1 subtracted from each, or name the columns by the labels: by a header, an array "
                + $"'classes' or {ReadOptionNames.LabelNames}.");
        }

        int ignored = 0;
        var indices = new int[texts.Count];
        for (int row = 0; row < indices.Length; row++)
        {
            string? text = texts[row];
            indices[row] = text is null || (ignore is not null && IsIgnored(text)) ? Labels.Missing
                : byName.TryGetValue(text, out int named) ? named
                : Number(text) is { } value && byValue.TryGetValue(value, out int equal) ? equal
                : areNumbers && ignore is null && IsIgnored(text) ? Labels.Missing
                : isNumbered && IsIndex(text, count, out int k) ? k
                : throw new InvalidDataException(
                    $"{placeOf(row)}: the label '{NameDisplay.Shortened(text)}' is not one of the {count} classes" +
                    $"{(classes is null ? $", 0 to {count - 1}" : $" {NameDisplay.List(classes)}")}."
                    + (fromOne ? " Labels that count from 1 need 1 subtracted from each."
                        : ignore is null && Number(text) < 0
                            ? $" If it marks rows without a label, set {ReadOptionNames.IgnoreLabel} to '{text}'."
                        : classes is not null || double.TryParse(text, CultureInfo.InvariantCulture, out _) ? ""
                        : $" Name the classes: by an array 'classes', a header, or {ReadOptionNames.LabelNames}."));
            ignored += indices[row] == Labels.Missing && text is not null ? 1 : 0;
        }

        if (isNumbered && classes is not null && texts.Any(text => text is not null))
            notes.Add("no label matches a class name, so labels are read as class indices from 0.");

        if (ignored > 0)
        {
            notes.Add($"{ignored:N0} {(ignored == 1 ? "row is" : "rows are")} labelled {ignore ?? "−1 or −100"}, which marks a row without "
                + $"a label: left out ({ReadOptionNames.IgnoreLabel}).");
        }
        else if (ignore is not null)
        {
            throw new ArgumentException($"{ReadOptionNames.IgnoreLabel} '{ignore}': no row has this label.");
        }

        return indices;
    }

    /// <summary>Whether a label marks a row without one: the label asked for, as a text or as a number, else −1 or −100.</summary>
    public static bool IsIgnored(string label, string? asked) => asked is null ? Number(label) is -1 or -100
        : label == asked || (Number(asked) is { } value && Number(label) == value);

    /// <summary>A label as a number, or null.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static bool IsIndex(string text, int count, out int index) =>
        // 2 or 2.0, as tables with gaps save it.
        int.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out index) && index < count;
}
