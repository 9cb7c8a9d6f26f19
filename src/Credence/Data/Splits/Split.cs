using Credence.Data.Columns;

namespace Credence.Data.Splits;

/// <summary>Training rows and test rows.</summary>
/// <param name="Train">Row numbers, increasing.</param>
/// <param name="Test">Row numbers, increasing; none of them in <paramref name="Train"/>.</param>
public sealed record Split(int[] Train, int[] Test)
{
    /// <summary>Row numbers of the validation rows, increasing; usually none.</summary>
    public int[] Validation { get; init; } = [];

    /// <summary>The rows that repeat an earlier row in all feature columns.</summary>
    public int Duplicates { get; init; }

    /// <summary>Notes on the split for the user, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A random share of every class; groups stay together, and rows equal in all feature columns
    /// are never on both sides unless they are a population's (<see cref="DataSet.Repeats"/>).
    /// The row of a class with only one row is a training row.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="testFraction">The fraction of test rows, above 0 and below 1.</param>
    /// <param name="seed">Decides which rows go where.</param>
    /// <exception cref="ArgumentException">The fraction is out of range.</exception>
    /// <exception cref="InvalidDataException">The rows can't be split: they are all equal, or of one group.</exception>
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
                $"{data.Rows} rows can't be split into {1 - testFraction:P0} and {testFraction:P0}: the number of units "
                + $"that must stay together (equal rows, groups) is {units.Count}, or every class has one row.");
        }

        return split with { Notes = [.. SplitNotes.Of(data, split)] };
    }

    /// <summary>The latest rows are test rows, the earlier ones training rows, as a model is used. Rows with equal times stay together;
    /// rows without a time are training rows.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="time">The time of each row: a date or number column with one value per row.</param>
    /// <param name="testFraction">The fraction of test rows, above 0 and below 1; it becomes smaller where many rows share the time at the
    /// boundary.</param>
    /// <exception cref="ArgumentException">The fraction is out of range, or the column is neither a date nor a number column, or has
    /// another length.</exception>
    /// <exception cref="InvalidDataException">All rows have the same time.</exception>
    public static Split ByTime(DataSet data, IColumn time, double testFraction)
    {
        CheckFraction(testFraction);
        double[] moments = Moments(data, time);
        double[] sorted = [.. moments.Where(double.IsFinite).Order()];
        int wanted = (int)Math.Round(testFraction * sorted.Length);
        if (sorted.Length == 0 || sorted[0] == sorted[^1])
            throw new InvalidDataException($"Column '{time.Name}' has fewer than two distinct times; a split by time needs at least two.");

        // The boundary moves later until at most the wanted number of rows is after it, but always at least one row.
        double edge = sorted[sorted.Length - Math.Clamp(wanted, 1, sorted.Length - 1) - 1];
        if (edge == sorted[^1])
            edge = sorted.Last(moment => moment < edge);

        Split split = Of([.. moments.Select(moment => moment > edge ? 1 : 0)], RowUnits.Compute(data).Duplicates);
        var notes = new List<string>(SplitNotes.Of(data, split));
        if (sorted.Length < data.Rows)
            notes.Add($"{data.Rows - sorted.Length} rows have no '{time.Name}': they are trained on");

        return split with { Notes = notes };
    }

    /// <summary>A split given by a column: "train", "test", and "valid", "validation", "val" or "dev".</summary>
    /// <param name="data">The rows.</param>
    /// <param name="column">The part of each row; case is ignored.</param>
    /// <exception cref="InvalidDataException">A value is none of these, or there is no training row or no test row.</exception>
    public static Split ByColumn(DataSet data, CategoryColumn column)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(column);
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
            throw new InvalidDataException(
                $"Column '{column.Name}' names {split.Train.Length} rows train and {split.Test.Length} test; both are needed.");

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
