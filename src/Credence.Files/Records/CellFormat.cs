using Credence.Data.Columns;
using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>How the cells of a column are written.</summary>
/// <param name="Number">How numbers are; null where they are written in the usual way, or the column has none.</param>
/// <param name="Date">The order of dates; null where it is the usual one, or the column has none.</param>
internal sealed record CellFormat(NumberFormat? Number, DateOrder? Date)
{
    /// <summary>Checks the options of how cells are written.</summary>
    /// <exception cref="ArgumentException">An option has no such value.</exception>
    public static void Check(ReadOptions options)
    {
        Order(options);
        Way(options);
    }

    /// <summary>The order of dates that the options give; null for none.</summary>
    /// <exception cref="ArgumentException">There is no such order.</exception>
    public static DateOrder? Order(ReadOptions options) => options.DateOrder is not { } asked ? null
        : Enum.TryParse(asked, ignoreCase: true, out DateOrder order) && Enum.IsDefined(order) ? order
        : throw new ArgumentException($"{ReadOptionNames.DateOrder} '{asked}' is not known; the orders are dmy, mdy and ymd.");

    /// <summary>How a column's cells are written: as the options say, or else as in the data that the model was trained on.</summary>
    /// <exception cref="ArgumentException">An option has no such value.</exception>
    /// <exception cref="InvalidDataException">The model has a format that is unknown here.</exception>
    public static CellFormat? Of(ColumnSchema column, ReadOptions options)
    {
        CellFormat? trained = Parse(options.Layout?.Find(column.Name)?.Format);
        return column.Kind switch
        {
            ColumnKind.Number when Way(options) is { } way => new(way, null),
            ColumnKind.Date when Order(options) is { } order => new(null, order),
            _ => trained,
        };
    }

    /// <summary>How numbers are written as the options say; null where they don't.</summary>
    /// <exception cref="ArgumentException">It is neither a point nor a comma.</exception>
    public static NumberFormat? Way(ReadOptions options) => options.Decimal is not { } point ? null
        : NumberFormat.OfPoint(point)
            ?? throw new ArgumentException($"{ReadOptionNames.Decimal} '{point}' is no sign of decimals; it must be . or ,");

    /// <summary>A format by its text; null for none.</summary>
    /// <exception cref="InvalidDataException">There is no such format.</exception>
    public static CellFormat? Parse(string? text)
    {
        if (text is null)
            return null;

        if (NumberFormat.All.FirstOrDefault(way => way.Name == text) is { } number)
            return new CellFormat(number, null);

        return Enum.TryParse(text, ignoreCase: true, out DateOrder order) && Enum.IsDefined(order)
            ? new CellFormat(null, order)
            : throw new InvalidDataException($"The model reads a column in the format '{text}', which is unknown to this version.");
    }

    /// <inheritdoc/>
    public override string ToString() => Number?.Name ?? Date?.ToString().ToLowerInvariant() ?? "";
}
