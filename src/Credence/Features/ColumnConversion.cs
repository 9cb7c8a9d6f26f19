using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Persistence;

namespace Credence.Features;

/// <summary>Converts a column to another kind: the inferred kind in a new file may differ from the one the model was trained on.</summary>
internal static class ColumnConversion
{
    /// <summary>The column converted to the kind and shape that the encoder needs.</summary>
    /// <param name="column">The column there is.</param>
    /// <param name="encoder">The encoder that reads it.</param>
    /// <param name="note">A note on the conversion, or null where none was needed.</param>
    /// <exception cref="InvalidDataException">The column can't be converted.</exception>
    public static IColumn To(IColumn column, IColumnEncoder encoder, out string? note)
    {
        ColumnSchema needed = encoder.Input;
        note = null;
        if (column.Kind == needed.Kind)
        {
            return column.Shape.SequenceEqual(needed.Shape)
                ? column
                : throw new InvalidDataException(
                    $"Column '{needed.Name}' has shape [{string.Join(", ", column.Shape)}]; "
                    + $"the model was trained on [{string.Join(", ", needed.Shape)}].");
        }

        string there = ColumnEncodings.Of(column.Kind).Plural, wanted = ColumnEncodings.Of(needed.Kind).Plural;
        if (encoder.Convert(column, out int failed) is not { } converted)
            throw new InvalidDataException($"Column '{needed.Name}' holds {there}; the model was trained on {wanted}.");

        note = $"column '{needed.Name}' holds {there}: read as {wanted}"
            + (failed == 0 ? "" : $", {failed} of {column.Count} cells can't be read and count as missing");
        return converted;
    }

    /// <summary>Parses each cell of a column of written texts.</summary>
    /// <param name="column">The column there is.</param>
    /// <param name="read">Parses a text; returns false where it can't.</param>
    /// <param name="missing">The value of a cell that can't be parsed.</param>
    /// <param name="failed">The number of non-blank cells that can't be parsed.</param>
    /// <returns>The cells; null where the column does not hold written texts.</returns>
    public static T[]? Written<T>(IColumn column, TryRead<T> read, T missing, out int failed)
    {
        failed = 0;
        if (!column.IsWritten || column.Texts() is not { } texts)
            return null;

        var cells = new T[texts.Length];
        for (int row = 0; row < cells.Length; row++)
        {
            if (read(texts[row], out cells[row]))
                continue;

            failed += string.IsNullOrWhiteSpace(texts[row]) ? 0 : 1;
            cells[row] = missing;
        }

        return cells;
    }

    /// <summary>Parses a text; returns false where it can't.</summary>
    public delegate bool TryRead<T>(string? text, out T value);
}
