using Credence.Data;
using Credence.Data.Scores;
using Credence.Files.Formats;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Scores;

/// <summary>Saved scores of any system: one row per case, one number per class.</summary>
public sealed record SavedScores
{
    /// <summary>The file's name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>[rows, classes], row-major; −∞ may be among them, NaN and +∞ are not.</summary>
    public required double[] Values { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>The classes' names.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Whether the classes have names rather than only numbers.</summary>
    public required bool AreClassesNamed { get; init; }

    /// <summary>The kind of the scores, as stated or by their array name in the file; null where neither states it.</summary>
    public ScoreKind? Kind { get; init; }

    /// <summary>The resolution of the probabilities as they were saved, where they were divided by their sum since; else null.</summary>
    public ScoreResolution? Resolution { get; init; }

    /// <summary>The true classes, or null where there are none.</summary>
    public Labels? Labels { get; init; }

    /// <summary>The group of each row, null where it is missing; null where no column of groups was named.</summary>
    public IReadOnlyList<string?>? Groups { get; init; }

    /// <summary>One weight per row; null where no column of weights was named.</summary>
    public double[]? Weights { get; init; }

    /// <summary>The part of a split that each row is in, null where missing; null where no column of parts was named.</summary>
    public IReadOnlyList<string?>? Parts { get; init; }

    /// <summary>The columns that are carried through.</summary>
    public IReadOnlyList<KeptColumn> Kept { get; init; } = [];

    /// <summary>The time of each row, NaN where missing; null where no column of times was named.</summary>
    public double[]? Times { get; init; }

    internal Func<int, RowPlace> Places { get; init; } = row => RowPlace.OfRow("the scores'", row);

    /// <summary>What was detected, each in one line.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>SHA-256 of the file's content, in lower-case hexadecimal digits; empty for standard input.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The kind of the scores.</summary>
    /// <exception cref="ArgumentException">The kind is unknown: the message says how to state it.</exception>
    public ScoreKind RequiredKind() => Kind ?? throw new ArgumentException(
        $"{Name}: it is unknown whether its numbers are logits or probabilities. Set {ReadOptionNames.ScoreKind} to 'logits' or "
            + "'probabilities'.");

    /// <summary>The place of scores in messages: <c>scores.csv line 6, column 'dog'</c>.</summary>
    /// <param name="row">The row, counted from 0.</param>
    /// <param name="k">The class; −1 for the row as a whole.</param>
    public string PlaceOf(int row, int k = -1) =>
        k < 0 ? $"{Places(row)}" : $"{Places(row)}, column {(AreClassesNamed ? $"'{NameDisplay.Shortened(Classes[k])}'" : $"{k}")}";

    /// <summary>The scores as logits.</summary>
    /// <exception cref="InvalidOperationException">They are probabilities.</exception>
    /// <exception cref="ArgumentException">Their kind is unknown.</exception>
    public Logits ToLogits() => RequiredKind() == ScoreKind.Logits
        ? new Logits(Values, Classes.Count)
        : throw new InvalidOperationException($"{Name} holds probabilities, not logits.");

    /// <summary>The scores as probabilities, as they are: that each row sums to one is not checked.</summary>
    /// <exception cref="InvalidOperationException">They are logits.</exception>
    /// <exception cref="ArgumentException">Their kind is unknown.</exception>
    public Probabilities ToProbabilities() => RequiredKind() == ScoreKind.Probabilities
        ? new Probabilities(Values, Classes.Count)
        : throw new InvalidOperationException($"{Name} holds logits, not probabilities.");

    /// <summary>Reads scores: text, jsonl or parquet with a column per class and a column <c>label</c>; or npz with <c>logits</c>,
    /// <c>probabilities</c>, <c>predictions</c> or <c>probs</c>, and <c>labels</c>, <c>ground_truth</c>, <c>targets</c> or
    /// <c>y</c>.</summary>
    /// <param name="path">The file, or <c>-</c> for standard input.</param>
    /// <param name="options">How text is read; the label's column and file, and the classes' names.</param>
    /// <param name="input">The stated kind of the scores, or null.</param>
    /// <param name="standardInput">The stream for <c>-</c>.</param>
    /// <param name="otherwise">The kind of the scores where neither that nor their array name states it.</param>
    /// <param name="detects">Whether the numbers may tell what one column holds where nothing states it: from 0 to 1 the probability of the
    /// second class, else its logit.</param>
    /// <param name="oneColumn">The two classes of one column of scores, the positive one second, where they are known.</param>
    /// <exception cref="InvalidDataException">The file can't be read, a score is not a number, or a label is not a class: the message says
    /// where.</exception>
    /// <exception cref="ArgumentException">An option names a column that doesn't exist.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static SavedScores Read(
        string path, ReadOptions options, ScoreKind? input = null, Stream? standardInput = null, ScoreKind? otherwise = null,
        bool detects = false, IReadOnlyList<string>? oneColumn = null)
    {
        using InputFile file = InputFiles.Open(path, options, standardInput);
        if (!file.CanReopen)
            file.Spool(CancellationToken.None);

        FileFormat format = FileFormats.Detect(file);
        Func<InputFile, ReadOptions, ScoreKind?, ScoreTable> read = format.Scores
            ?? throw new InvalidDataException(
                $"{file.Name} is {format.Spoken}; scores are read from csv, jsonl or parquet, with a column per class and one named "
                + "'label', or from npz, with arrays 'logits' or 'probabilities' and 'labels'.");
        if (options.Array is not null && format.Arrays is null)
            throw new ArgumentException($"{ReadOptionNames.Array} '{options.Array}': {file.Name} is {format.Spoken} and has no arrays.");

        CellFormat.Check(options);
        if (options.Decimal is not null && format.Records is null)
            throw new ArgumentException($"{ReadOptionNames.Decimal}: {file.Name} is {format.Spoken}, whose numbers have no written form.");

        if (options.Keep.Count > 0 && format.Records is null)
            throw new ArgumentException($"{ReadOptionNames.Keep}: {file.Name} is {format.Spoken}, which has no columns to carry through.");

        ScoreTable table = read(file, options, input);
        return ScoreLabels.Join(table, file, options, input ?? table.Kind ?? otherwise, detects, oneColumn);
    }

    /// <summary>Scores that a model gave to rows, as if they had been saved: labels are matched with the classes alike.</summary>
    /// <param name="name">The name of the rows' file, for messages.</param>
    /// <param name="values">[rows, columns], row-major.</param>
    /// <param name="rows">What was scored: their labels, groups and weights, where there are any.</param>
    /// <param name="fingerprint">The fingerprint of the rows' file.</param>
    /// <param name="kind">The kind of the scores.</param>
    /// <param name="classes">The classes' names, or null where they have none.</param>
    /// <param name="options">The names of numbered classes, and the positive one of two.</param>
    /// <exception cref="InvalidDataException">A label is not a class, or a score is not a number.</exception>
    /// <exception cref="ArgumentException">An option says what these scores have not.</exception>
    public static SavedScores OfModel(
        string name, double[] values, DataChunk rows, string fingerprint, ScoreKind kind, IReadOnlyList<string>? classes,
            ReadOptions options)
    {
        int columns = values.Length / Math.Max(1, rows.Rows);
        var table = new ScoreTable
        {
            Values = values,
            Rows = rows.Rows,
            Columns = columns,
            Classes = columns == 1 ? null : classes,
            Labels = rows.Labels?.Texts(),
            Groups = rows.Groups?.Texts(),
            Weights = rows.Weights,
            Kept = rows.Kept,
            Parts = rows.Split?.Texts(),
            Times = rows.Times,
            PlaceOf = row => rows.Places is { } places ? places[row] : RowPlace.OfRow(name, row),
            Notes = [],
        };
        return ScoreLabels.Join(
            table, name, () => fingerprint, options with { LabelsFile = null }, kind, detects: false, columns == 1 ? classes : null);
    }
}
