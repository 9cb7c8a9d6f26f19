using Credence.Data.Columns;
using Credence.Features.Columns;

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
}
