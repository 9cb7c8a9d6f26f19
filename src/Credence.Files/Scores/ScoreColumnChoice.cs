using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Scores;

/// <summary>Which columns of numbers are scores of classes: a row's number and its confidence are not.</summary>
internal static class ScoreColumnChoice
{
    private const int FewestRows = 3;
    private const double MostRounding = 0.005;
    private static readonly string[] RowNames = ["", "id", "index", "row", "row_id", "rowid", "idx", "unnamed: 0"];

    /// <summary>The scores without the columns that no class has: the rows' numbers, what is the largest score of each row, and what
    /// stands beside probabilities that sum to 1 without it. A column that a label names stays.</summary>
    /// <param name="table">The scores.</param>
    /// <param name="texts">The labels.</param>
    /// <param name="ignore">The label of rows without a true class, or null.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="notes">Gets which columns are left out, and which are classes.</param>
    public static ScoreTable WithoutOthers(ScoreTable table, IReadOnlyList<string?> texts, string? ignore, string file, List<string> notes)
    {
        if (table.Classes is not { } names || table.Columns < 2)
            return table;

        HashSet<string> labels = [.. texts.OfType<string>().Where(text => text != ignore)];
        HashSet<double> numbers = [.. labels.Select(ScoreLabels.Number).OfType<double>()];
        bool IsClass(int k) => labels.Contains(names[k]) || (ScoreLabels.Number(names[k]) is { } value && numbers.Contains(value));
        List<int> kept = [.. Enumerable.Range(0, table.Columns).Where(k => IsClass(k) || !IsRowNumber(table, k, names[k]))];
        if (kept.Count > 2)
            kept = [.. kept.Where(k => IsClass(k) || !IsLargest(table, kept, k))];

        int[] named = [.. kept.Where(IsClass)];
        if (named.Length >= 2 && named.Length < kept.Count)
        {
            if (SumToOne(table, named) && !SumToOne(table, [.. kept]))
                kept = [.. named];
            else
                notes.Add($"{file}: no row is labelled {NameDisplay.List([.. kept.Except(named).Select(k => names[k])])}, which "
                    + $"{(kept.Count - named.Length == 1 ? "is a class" : "are classes")} all the same ({ReadOptionNames.Drop}).");
        }

        if (kept.Count == table.Columns || kept.Count == 0)
            return table;

        string[] left = [.. Enumerable.Range(0, table.Columns).Except(kept).Select(k => names[k])];
        string[] classes = [.. kept.Select(k => names[k])];
        notes.Add($"{file}: {NameDisplay.List(left)} {(left.Length == 1 ? "is no class" : "are no classes")} (by the numbers and the "
            + $"labels); the classes are {NameDisplay.List(classes)} ({ReadOptionNames.Drop}).");
        var values = new double[table.Rows * kept.Count];
        for (int row = 0; row < table.Rows; row++)
        {
            for (int i = 0; i < kept.Count; i++)
                values[(row * kept.Count) + i] = table.Values[(row * table.Columns) + kept[i]];
        }

        return table with { Values = values, Columns = kept.Count, Classes = classes };
    }

    /// <summary>Whether a column counts the rows, from 0 or 1, or is named as what numbers them and holds whole numbers above 1.</summary>
    private static bool IsRowNumber(ScoreTable table, int column, string name)
    {
        bool counts = table.Rows >= FewestRows, areWhole = true, exceed = false;
        double first = table.Values[column];
        for (int row = 0; row < table.Rows; row++)
        {
            double value = table.Values[(row * table.Columns) + column];
            counts &= value == first + row && first is 0 or 1;
            areWhole &= value == Math.Floor(value);
            exceed |= value > 1;
        }

        return counts || (areWhole && exceed && RowNames.Contains(name.ToLowerInvariant()));
    }

    /// <summary>Whether some columns are the probabilities of each row: their sum is 1, save for rounding.</summary>
    private static bool SumToOne(ScoreTable table, int[] columns)
    {
        for (int row = 0; row < table.Rows; row++)
        {
            double sum = 0;
            foreach (int k in columns)
            {
                double value = table.Values[(row * table.Columns) + k];
                if (value is < 0 or > 1)
                    return false;

                sum += value;
            }

            if (Math.Abs(sum - 1) > MostRounding * columns.Length)
                return false;
        }

        return true;
    }

    private static bool IsLargest(ScoreTable table, List<int> kept, int column)
    {
        for (int row = 0; row < table.Rows; row++)
        {
            double most = double.NegativeInfinity;
            foreach (int k in kept)
                most = k == column ? most : Math.Max(most, table.Values[(row * table.Columns) + k]);

            if (Math.Abs(table.Values[(row * table.Columns) + column] - most) > 1e-9 * Math.Max(1, Math.Abs(most)))
                return false;
        }

        return table.Rows >= FewestRows;
    }
}
