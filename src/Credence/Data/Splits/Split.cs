using Credence.Data.Columns;

namespace Credence.Data.Splits;

/// <summary>Rows to train on and rows to measure on.</summary>
/// <param name="Train">Row numbers, rising.</param>
/// <param name="Test">Row numbers, rising; none of them in <paramref name="Train"/>.</param>
public sealed record Split(int[] Train, int[] Test)
{
    /// <summary>Row numbers set aside to choose settings on, rising; mostly none.</summary>
    public int[] Validation { get; init; } = [];

    /// <summary>The rows that repeat an earlier row in all feature columns.</summary>
    public int Duplicates { get; init; }

    /// <summary>What a person should know of the split: a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A random part of every class; groups stay together, and rows equal in all feature columns are never on both sides.
    /// A class with one row is trained on.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="testFraction">The part to measure on, above 0 and below 1.</param>
    /// <param name="seed">Decides which rows go where.</param>
    /// <exception cref="ArgumentException">The fraction is out of range.</exception>
    /// <exception cref="InvalidDataException">The rows can't be parted: they are all equal, or of one group.</exception>
    public static Split Stratified(DataSet data, double testFraction, ulong seed)
    {
        CheckFraction(testFraction);
        RowUnits units = RowUnits.Compute(data);
        int[] part = data.Strata is { } labels
            ? Stratification.Assign(labels.Indices, labels.Classes, units, [1 - testFraction, testFraction], seed)
            : Stratification.Assign(new int[data.Rows], 1, units, [1 - testFraction, testFraction], seed);
        Split split = Of(part, units.Duplicates);
        if (split.Train.Length == 0 || split.Test.Length == 0)
        {
            throw new InvalidDataException(
                $"{data.Rows} rows can't be parted into {1 - testFraction:P0} and {testFraction:P0}: they make {units.Count} "
                + "that must stay together (equal rows, groups), or classes of a row each.");
        }

        return split with { Notes = [.. SplitNotes.Of(data, split)] };
    }

    /// <summary>The latest rows to measure on, the earlier to train on, as a model is used. Rows of one moment stay together;
    /// rows without a time are trained on.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="time">When each row was: a date or number column of as many rows.</param>
    /// <param name="testFraction">The part to measure on, above 0 and below 1; it becomes smaller where many rows share the moment at the edge.</param>
    /// <exception cref="ArgumentException">The fraction is out of range, or the column is neither date nor number or of another length.</exception>
    /// <exception cref="InvalidDataException">All rows are of one moment.</exception>
    public static Split ByTime(DataSet data, IColumn time, double testFraction)
    {
        CheckFraction(testFraction);
        double[] moments = Moments(data, time);
        double[] sorted = [.. moments.Where(double.IsFinite).Order()];
        int wanted = (int)Math.Round(testFraction * sorted.Length);
        if (sorted.Length == 0 || sorted[0] == sorted[^1])
            throw new InvalidDataException($"Column '{time.Name}' has fewer than two different times; there is nothing to split by.");

        // The edge moves later until the rows after it are no more than wanted, but some rows are always after it.
        double edge = sorted[sorted.Length - Math.Clamp(wanted, 1, sorted.Length - 1) - 1];
        if (edge == sorted[^1])
            edge = sorted.Last(moment => moment < edge);

        Split split = Of([.. moments.Select(moment => moment > edge ? 1 : 0)], RowUnits.Compute(data).Duplicates);
        var notes = new List<string>(SplitNotes.Of(data, split));
        if (sorted.Length < data.Rows)
            notes.Add($"{data.Rows - sorted.Length} rows have no '{time.Name}': they are trained on");

        return split with { Notes = notes };
    }

    /// <summary>As a column of the data says: "train", "test", and "valid", "validation", "val" or "dev".</summary>
    /// <param name="data">The rows.</param>
    /// <param name="column">The part of each row; upper and lower case are equal.</param>
    /// <exception cref="InvalidDataException">It says something else, or no row is for training or none for testing.</exception>
    public static Split ByColumn(DataSet data, CategoryColumn column)
    {
        if (column.Count != data.Rows)
            throw new ArgumentException($"'{nameof(column)}' has {column.Count} rows, the data {data.Rows}.", nameof(column));

        int[] partOfCode = [.. column.Categories.Select(PartNamed)];
        var part = new int[data.Rows];
        for (int row = 0; row < part.Length; row++)
        {
            part[row] = column.Codes[row] < 0 ? -1 : partOfCode[column.Codes[row]];
            if (part[row] < 0)
            {
                throw new InvalidDataException(
                    $"Column '{column.Name}', {data.PlaceOf(row)}, is '{column[row]}'; it must be train, test or valid.");
            }
        }

        Split split = Of(part, RowUnits.Compute(data).Duplicates);
        if (split.Train.Length == 0 || split.Test.Length == 0)
            throw new InvalidDataException($"Column '{column.Name}' names {split.Train.Length} rows train and {split.Test.Length} test; both are needed.");

        return split with { Notes = [.. SplitNotes.Of(data, split)] };
    }

    private static int PartNamed(string name) => name.Trim().ToUpperInvariant() switch
    {
        "TRAIN" or "TRAINING" => 0,
        "TEST" or "TESTING" => 1,
        "VALID" or "VALIDATION" or "VAL" or "DEV" => 2,
        _ => -1,
    };

    private static Split Of(int[] part, int duplicates) => new(RowsOf(part, 0), RowsOf(part, 1))
    {
        Validation = RowsOf(part, 2),
        Duplicates = duplicates,
    };

    private static int[] RowsOf(int[] part, int wanted) => [.. Enumerable.Range(0, part.Length).Where(row => part[row] == wanted)];

    private static double[] Moments(DataSet data, IColumn time)
    {
        if (time.Count != data.Rows)
            throw new ArgumentException($"'{nameof(time)}' has {time.Count} rows, the data {data.Rows}.", nameof(time));

        return time.Times() ?? throw new ArgumentException($"Column '{time.Name}' is neither dates nor numbers.", nameof(time));
    }

    private static void CheckFraction(double testFraction)
    {
        if (!(testFraction > 0 && testFraction < 1))
            throw new ArgumentException($"'{nameof(testFraction)}' is {testFraction}, must be above 0 and below 1.", nameof(testFraction));
    }
}
