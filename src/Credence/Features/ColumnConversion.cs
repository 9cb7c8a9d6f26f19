using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Persistence;

namespace Credence.Features;

/// <summary>Reads a column as another kind: a file seen anew may be guessed differently than the one a model was trained on.</summary>
internal static class ColumnConversion
{
    /// <summary>The column as the kind and shape that are needed.</summary>
    /// <param name="column">The column there is.</param>
    /// <param name="encoder">What reads it.</param>
    /// <param name="note">What was done, or null where nothing had to be.</param>
    /// <exception cref="InvalidDataException">It can't be read so.</exception>
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
            throw new InvalidDataException($"Column '{needed.Name}' holds {there}; the model was trained on {wanted} there.");

        note = $"column '{needed.Name}' holds {there}: read as {wanted}"
            + (failed == 0 ? "" : $", {failed} of {column.Count} cells can't be and count as missing");
        return converted;
    }

    /// <summary>Reads each cell that somebody wrote.</summary>
    /// <param name="column">The column there is.</param>
    /// <param name="read">Reads a text; false where it can't be.</param>
    /// <param name="missing">What stands for a cell that can't be read.</param>
    /// <param name="failed">How many of them are not blank.</param>
    /// <returns>The cells; null where nobody wrote them.</returns>
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

    /// <summary>Reads a text as something else; false where that can't be.</summary>
    public delegate bool TryRead<T>(string? text, out T value);
}
