using Credence.Data;
using Credence.Files.Inputs;

namespace Credence.Files.Arrays;

/// <summary>Labels stored in an array.</summary>
internal static class ArrayLabels
{
    /// <summary>The names of label arrays.</summary>
    public static IReadOnlyList<string> Names { get; } = ["labels", "ground_truth", "targets", "y", "label", "y_true", "true_labels"];

    /// <summary>The only array of a file, or the one with a label array's name.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static ArrayValues Find(InputFile file, ReadOptions options)
    {
        IReadOnlyList<string> names = ArrayFile.Names(file);
        string? name = names.Count == 1 ? names[0] : Names.FirstOrDefault(names.Contains);
        return name is null
            ? throw new InvalidDataException(
                $"{file.Name} has no array named {string.Join(", ", Names)}. It has {NameDisplay.List(names)}.")
            : ArrayFile.Read(file, array => array == name, options)[0];
    }

    /// <summary>The labels of an array with one per row, or with one-hot rows.</summary>
    public static IReadOnlyList<string?> Read(ArrayValues array, InputFile file)
    {
        if (array.Shape.Length <= 1 || array.Width == 1)
            return array.Texts();

        if (array.Values is string[])
            throw new InvalidDataException(
                $"{file.Name}, array '{array.Name}' has texts of shape {array.ShapeText}; one label per row is needed.");

        double[] marks = array.Doubles();
        var labels = new string?[array.Rows];
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<double> marked = marks.AsSpan(row * array.Width, array.Width);
            int one = marked.IndexOf(1);
            labels[row] = one >= 0 && marked.Count(0.0) == array.Width - 1
                ? $"{one}"
                : throw new InvalidDataException($"{RowPlace.OfRow($"{file.Name}, array '{array.Name}'",
                    row)} is not a label; a label is one number per row, or a one-hot row.");
        }

        return labels;
    }
}
