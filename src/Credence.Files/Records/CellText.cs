using Credence.Data;
using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Reads single cells as they are read in files: by <see cref="ColumnReading.Format"/>, or else in the usual way.</summary>
public static class CellText
{
    /// <summary>Whether a cell says that its value is missing.</summary>
    /// <param name="text">The text, without spaces around it.</param>
    /// <param name="layout">How the model's training data were read; null for the usual way.</param>
    public static bool IsMissing(ReadOnlySpan<char> text, DataLayout? layout) =>
        MissingMarkers.Of(new ReadOptions { Layout = layout }).Has(text);

    /// <summary>Whether a text is a number, and its value.</summary>
    /// <param name="text">The text, without spaces around it.</param>
    /// <param name="format">How the column's numbers are written; null for the usual way.</param>
    /// <param name="number">The value: infinite for <c>inf</c> or what is too large, never NaN.</param>
    /// <exception cref="InvalidDataException">There is no such format.</exception>
    public static bool TryNumber(ReadOnlySpan<char> text, string? format, out double number) =>
        (CellFormat.Parse(format)?.Number ?? NumberFormat.Usual).TryParse(text, out number) || NumberParser.TryParse(text, out number);

    /// <summary>Whether a text is a date, and its ticks; one with a zone is converted to UTC.</summary>
    /// <param name="text">The text, without spaces around it.</param>
    /// <param name="format">The order of day, month and year in the column; null for the usual one.</param>
    /// <param name="ticks">The ticks of <see cref="DateTime"/>.</param>
    /// <exception cref="InvalidDataException">There is no such format.</exception>
    public static bool TryDate(ReadOnlySpan<char> text, string? format, out long ticks) =>
        DateParser.TryParse(text, CellFormat.Parse(format)?.Date, out ticks);
}
