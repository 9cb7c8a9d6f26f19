using Credence.Data.Columns;
using Credence.Features.Columns;

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
}
