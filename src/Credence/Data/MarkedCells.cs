using System.Globalization;
using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>Cells of numbers and categories that hold what the training data's reader took for missing, such as −999: a program that
/// brings rows of its own means the same by them.</summary>
internal static class MarkedCells
{
    /// <summary>The rows with such cells missing; the same rows where there are none.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="layout">How the model's training data were read; null where that is unknown.</param>
    public static Table AsMissing(Table table, DataLayout? layout)
    {
        if (layout is null || !layout.Missing.Any(marker => marker.Length > 0))
            return table;

        HashSet<string> texts = [.. layout.Missing];
        HashSet<double> numbers = [.. layout.Missing.Select(NumberOf).Where(double.IsFinite)];
        IColumn[] columns = [.. table.Columns.Select(column => column switch
        {
            NumberColumn { Values: var values } cells when Any(values, numbers) => new NumberColumn(
                cells.Name, Array.ConvertAll(values.ToArray(), value => numbers.Contains(value) ? double.NaN : value)),
            CategoryColumn cells when cells.Categories.Any(texts.Contains) => CategoryColumn.FromNames(
                cells.Name, Array.ConvertAll(cells.Texts(), name => name is not null && texts.Contains(name) ? null : name)),
            _ => column,
        })];
        return new Table(columns, table.Rows);
    }

    private static double NumberOf(string marker) =>
        double.TryParse(marker, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    private static bool Any(ReadOnlySpan<double> values, HashSet<double> numbers)
    {
        foreach (double value in values)
        {
            if (numbers.Contains(value))
                return true;
        }

        return false;
    }
}
