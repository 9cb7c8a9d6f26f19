using Credence.Data;
using Credence.Data.Scores;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Numerics;

namespace Credence.Files.Arrays;

/// <summary>Scores in NumPy's arrays.</summary>
internal static class ArrayScores
{
    // The names that Keras, PyTorch, scikit-learn and their users' scripts give; where a name states no kind, it is null.
    private static readonly (string Name, ScoreKind? Kind)[] ScoreNames =
    [
        ("logits", ScoreKind.Logits), ("probabilities", ScoreKind.Probabilities), ("predictions", ScoreKind.Probabilities),
        ("probs", ScoreKind.Probabilities), ("y_prob", ScoreKind.Probabilities), ("y_proba", ScoreKind.Probabilities),
        ("y_probs", ScoreKind.Probabilities), ("proba", ScoreKind.Probabilities), ("probas", ScoreKind.Probabilities),
        ("y_pred_proba", ScoreKind.Probabilities), ("softmax", ScoreKind.Probabilities), ("y_logits", ScoreKind.Logits),
        ("test_logits", ScoreKind.Logits), ("val_logits", ScoreKind.Logits), ("test_probs", ScoreKind.Probabilities),
        ("val_probs", ScoreKind.Probabilities), ("scores", null), ("y_score", null), ("y_scores", null), ("y_pred", null),
        ("outputs", null),
    ];

    private const int PieceValues = 1 << 18;

    /// <summary>Reads the scores.</summary>
    public static ScoreTable Read(InputFile file, ReadOptions options, ScoreKind? input)
    {
        IReadOnlyList<string> names = ArrayFile.Names(file);
        string scores = options.Array ?? ScoreName(file, names, input);
        CheckNamed(options.Array, ReadOptionNames.Array, names, file);
        string? label = options.LabelsFile is not null ? null : options.Label ?? ArrayLabels.Names.FirstOrDefault(names.Contains);
        if (label is not null && !names.Contains(label))
            throw new ArgumentException(
                $"{ReadOptionNames.Label} '{label}': {file.Name} has no such array. It has {NameDisplay.List(names)}.");

        CheckNamed(options.Group, ReadOptionNames.Group, names, file);
        CheckNamed(options.Weight, ReadOptionNames.Weight, names, file);
        CheckNamed(options.SplitColumn, ReadOptionNames.SplitColumn, names, file);
        CheckNamed(options.SplitByTime, ReadOptionNames.SplitByTime, names, file);
        string?[] read = [scores, label, "classes", options.Group, options.Weight, options.SplitColumn, options.SplitByTime];
        IReadOnlyList<ArrayValues> arrays = ArrayFile.Read(file, read.Contains, options, widened: scores);
        ArrayValues values = arrays.First(array => array.Name == scores);
        if (values.Shape.Length is not (1 or 2))
            throw new InvalidDataException($"{file.Name}, array '{scores}' has shape {values.ShapeText}; scores need [rows, classes].");

        if (values.Values is string[])
            throw new InvalidDataException($"{file.Name}, array '{scores}' holds texts; scores must be numbers.");

        double[] numbers = values.Doubles();
        int width = values.Shape.Length == 1 ? 1 : values.Shape[1];
        int bad = FirstUnfit(numbers);
        if (bad >= 0)
        {
            throw new InvalidDataException(
                $"{file.Name}, array '{scores}' row {bad / width}, column {bad % width} (counted from 0): "
                    + $"the score {(double.IsNaN(numbers[bad]) ? "NaN" : "∞")} is not finite.");
        }

        ScoreKind? kind = ScoreNames.FirstOrDefault(known => known.Name == scores).Kind;
        return new ScoreTable
        {
            Values = numbers,
            Rows = values.Rows,
            Columns = width,
            Classes = arrays.FirstOrDefault(array => array.Name == "classes")?.Texts(),
            Labels = label is null ? null : ArrayLabels.Read(arrays.First(array => array.Name == label), file),
            Groups = options.Group is null ? null
                : OnePerRow(arrays.First(array => array.Name == options.Group), values.Rows, file).Texts(),
            Weights = options.Weight is null ? null
                : ArrayColumn.Weights(OnePerRow(arrays.First(array => array.Name == options.Weight), values.Rows, file), file.Name),
            Parts = options.SplitColumn is null ? null
                : OnePerRow(arrays.First(array => array.Name == options.SplitColumn), values.Rows, file).Texts(),
            Times = options.SplitByTime is null ? null
                : OnePerRow(arrays.First(array => array.Name == options.SplitByTime), values.Rows, file).Doubles(),
            Kind = kind,
            PlaceOf = row => RowPlace.OfRow($"{file.Name}, array '{NameDisplay.Shortened(scores)}'", row),
            LabelPlaceOf = row => RowPlace.OfRow($"{file.Name}, array '{NameDisplay.Shortened(label)}'", row),
            Notes =
            [
                kind is null || input is not null
                    ? $"{file.Name}: the scores are array '{scores}'."
                    : $"{file.Name}: array '{scores}' is read as {kind.ToString()!.ToLowerInvariant()} ({ReadOptionNames.ScoreKind}).",
            ],
        };
    }

    /// <summary>The first NaN or +∞, or −1.</summary>
    private static int FirstUnfit(double[] numbers)
    {
        var found = new bool[Chunks.Count(numbers.Length, PieceValues)];
        Chunks.For(found.Length, 0, piece =>
        {
            bool isUnfit = false;
            foreach (double number in numbers.AsSpan(piece * PieceValues, Math.Min(PieceValues, numbers.Length - (piece * PieceValues))))
                isUnfit |= IsUnfit(number);

            found[piece] = isUnfit;
        });
        int first = Array.IndexOf(found, true);
        return first < 0 ? -1 : Array.FindIndex(numbers, first * PieceValues, IsUnfit);
    }

    private static bool IsUnfit(double score) => !(score <= double.MaxValue);

    private static void CheckNamed(string? array, string option, IReadOnlyList<string> names, InputFile file)
    {
        if (array is not null && !names.Contains(array))
            throw new ArgumentException($"{option} '{array}': {file.Name} has no such array. It has {NameDisplay.List(names)}.");
    }

    private static ArrayValues OnePerRow(ArrayValues array, int rows, InputFile file) => array.Rows == rows && array.Width == 1
        ? array
        : throw new InvalidDataException(
            $"{file.Name}, array '{array.Name}' has shape {array.ShapeText}; one value per row is needed, {rows} in all.");

    private static string ScoreName(InputFile file, IReadOnlyList<string> names, ScoreKind? input)
    {
        string[] known = [.. ScoreNames.Where(score => names.Contains(score.Name)).OrderByDescending(score => score.Kind == input)
            .Select(score => score.Name)];
        if (known.Length > 0)
            return known[0];

        string[] others = [.. names.Where(name => !ArrayLabels.Names.Contains(name) && name != "classes")];
        return others.Length == 1
            ? others[0]
            : throw new InvalidDataException(
                $"{file.Name} has no array of a known name, such as logits, probabilities or y_prob. It has "
                    + $"{(names.Count == 0 ? "none" : NameDisplay.List(names))}. Set {ReadOptionNames.Array} to the one that holds the "
                        + "scores.");
    }
}
