using System.Globalization;
using Credence.Data.Columns;

namespace Credence.Features.Columns;

/// <summary>Reads a column as another kind: a file seen anew may be guessed differently than the one a model was trained on.</summary>
internal static class ColumnConversion
{
    /// <summary>The column as the kind and shape that are needed.</summary>
    /// <param name="column">The column there is.</param>
    /// <param name="needed">What is needed.</param>
    /// <param name="note">What was done, or null where nothing had to be.</param>
    /// <exception cref="InvalidDataException">It can't be read so.</exception>
    public static IColumn To(IColumn column, ColumnSchema needed, out string? note)
    {
        ColumnSchema there = ColumnSchema.Of(column);
        note = null;
        if (there.Kind == needed.Kind)
        {
            return there.Shape.SequenceEqual(needed.Shape)
                ? column
                : throw new InvalidDataException(
                    $"Column '{needed.Name}' has shape [{string.Join(", ", there.Shape)}]; the model was trained on [{string.Join(", ", needed.Shape)}].");
        }

        int failed = 0;
        IColumn? converted = needed.Kind switch
        {
            ColumnKind.Number when HasText(column) => ToNumbers(column, out failed),
            ColumnKind.Date when HasText(column) => ToDates(column, out failed),
            ColumnKind.Category when CellTexts(column) is { } texts => CategoryColumn.FromNames(column.Name, texts),
            ColumnKind.Text when CellTexts(column) is { } texts => TextColumn.FromStrings(column.Name, texts),
            _ => null,
        };
        if (converted is null)
            throw new InvalidDataException($"Column '{needed.Name}' holds {Word(there.Kind)}; the model was trained on {Word(needed.Kind)} there.");

        note = $"column '{needed.Name}' holds {Word(there.Kind)}: read as {Word(needed.Kind)}"
            + (failed == 0 ? "" : $", {failed} of {column.Count} cells can't be and count as missing");
        return converted;
    }

    private static bool HasText(IColumn column) => column.Kind is ColumnKind.Text or ColumnKind.Category;

    private static NumberColumn ToNumbers(IColumn column, out int failed)
    {
        var numbers = new double[column.Count];
        failed = 0;
        string?[] texts = CellTexts(column)!;
        for (int row = 0; row < numbers.Length; row++)
        {
            bool read = double.TryParse(texts[row], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[row]);
            if (!read || !double.IsFinite(numbers[row]))
            {
                failed += string.IsNullOrWhiteSpace(texts[row]) ? 0 : 1;
                numbers[row] = double.NaN;
            }
        }

        return new NumberColumn(column.Name, numbers);
    }

    private static DateColumn ToDates(IColumn column, out int failed)
    {
        var ticks = new long[column.Count];
        failed = 0;
        string?[] texts = CellTexts(column)!;
        for (int row = 0; row < ticks.Length; row++)
        {
            if (DateTime.TryParse(texts[row], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime date))
            {
                ticks[row] = date.Ticks;
            }
            else
            {
                failed += string.IsNullOrWhiteSpace(texts[row]) ? 0 : 1;
                ticks[row] = DateColumn.Missing;
            }
        }

        return new DateColumn(column.Name, ticks);
    }

    private static string?[]? CellTexts(IColumn column) => column switch
    {
        CategoryColumn categories => [.. Enumerable.Range(0, column.Count).Select(row => categories[row])],
        TextColumn texts => [.. Enumerable.Range(0, column.Count).Select(row => texts[row] is { Length: > 0 } text ? text : null)],
        NumberColumn numbers => [.. numbers.Values.ToArray().Select(value => double.IsNaN(value) ? null : value.ToString(CultureInfo.InvariantCulture))],
        DateColumn dates => [.. dates.Ticks.ToArray().Select(ticks => ticks == DateColumn.Missing
            ? null
            : new DateTime(ticks).ToString(new DateTime(ticks).TimeOfDay == default ? "yyyy-MM-dd" : "s", CultureInfo.InvariantCulture))],
        _ => null,
    };

    private static string Word(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "numbers",
        ColumnKind.Category => "categories",
        ColumnKind.Text => "text",
        ColumnKind.Date => "dates",
        ColumnKind.Vector => "vectors",
        ColumnKind.Image => "images",
        _ => "sound",
    };
}
