using Credence.Data;
using Credence.Files.Inputs;
using Credence.Persistence;

namespace Credence.Files.Arrays;

/// <summary>Labels kept in an array.</summary>
internal static class ArrayLabels
{
    /// <summary>The names that arrays of labels go by.</summary>
    public static IReadOnlyList<string> Names { get; } = ["labels", "ground_truth", "targets", "y", "label"];

    /// <summary>The labels of an array of one per row, or of rows with a single one in them.</summary>
    public static IReadOnlyList<string?> Read(ArrayValues array, InputFile file)
    {
        if (array.Shape.Length <= 1 || array.Width == 1)
            return array.Texts();

        if (array.Values is string[])
            throw new InvalidDataException($"{file.Name}, array '{array.Name}' has texts in the shape {array.ShapeText}; labels are one a row.");

        double[] marks = array.Doubles();
        var labels = new string?[array.Rows];
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<double> marked = marks.AsSpan(row * array.Width, array.Width);
            int one = marked.IndexOf(1);
            labels[row] = one >= 0 && marked.Count(0.0) == array.Width - 1
                ? $"{one}"
                : throw new InvalidDataException($"{RowPlace.OfRow($"{file.Name}, array '{array.Name}'", row)} is no label: labels are one number a row, or one 1 and else 0 (one-hot).");
        }

        return labels;
    }
}
