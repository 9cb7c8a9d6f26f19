using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Arrays;

/// <summary>Makes columns of arrays.</summary>
internal static class ArrayColumn
{
    /// <summary>A column: bytes of shape [rows, height, width] or with 1 or 3 channels become images, other numbers with more dimensions
    /// vectors,
    /// texts categories.</summary>
    /// <exception cref="InvalidDataException">A number is not finite, or the rows are too wide.</exception>
    public static IColumn Of(ArrayValues array, string file)
    {
        if (array.Values is string[] texts)
        {
            return array.Width <= 1
                ? CategoryColumn.FromNames(array.Name, [.. texts.Select(text => text.Length == 0 ? null : text)])
                : throw new InvalidDataException(
                    $"{file}, array '{array.Name}' has texts of shape {array.ShapeText}; one text per row is needed.");
        }

        if (array.Values is byte[] pixels && array.Shape is [var rows, var height, var width, .. var channels]
            && channels is [] or [1] or [3] && array.Values.Length > 0)
            return new ImageColumn(array.Name, pixels, array.Shape[0], array.Shape[1], array.Shape[2], array.Shape.Length == 3 ? 1
                : array.Shape[3]);

        CheckFinite(array, file);
        return array.Shape.Length <= 1
            ? new NumberColumn(array.Name, array.Doubles())
            : new VectorColumn(array.Name, array.Floats(), array.Rows, array.Width);
    }

    /// <summary>The column a model needs, by its name, or as the only one of its kind and shape.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static IColumn Matching(IColumn[] columns, ColumnSchema needed, string file)
    {
        IColumn[] fitting = [.. columns.Where(column => column.Kind == needed.Kind && column.Shape.SequenceEqual(needed.Shape))];
        IColumn? found = fitting.FirstOrDefault(column => column.Name == needed.Name) ?? (fitting.Length == 1 ? fitting[0] : null);
        if (found is null)
        {
            string there = string.Join(", ", columns.Select(column => Described(ColumnSchema.Of(column))));
            throw new InvalidDataException($"{file} lacks array {Described(needed)}, which the model needs. It has {there}.");
        }

        return found.Name == needed.Name ? found : found.Rename(needed.Name);
    }

    private static string Described(ColumnSchema column) =>
        $"'{NameDisplay.Shortened(column.Name)}' of {column.Kind.ToString().ToLowerInvariant()} [{string.Join(", ", column.Shape)}]";

    /// <summary>A column of labels, groups or parts.</summary>
    public static CategoryColumn Categories(ArrayValues array, InputFile file, IReadOnlyList<string>? labelNames)
    {
        var builder = new CategoryBuilder(array.Name, new MissingMarkers([""]), labelNames);
        foreach (string? label in ArrayLabels.Read(array, file))
        {
            if (!builder.TryAdd(label))
                throw new InvalidDataException(
                    $"{file.Name}, array '{array.Name}': '{NameDisplay.Shortened(label)}' is not {builder.Expected}.");
        }

        builder.CheckStart(file.Name);
        return (CategoryColumn)builder.Take();
    }

    /// <summary>The rows' weights.</summary>
    /// <exception cref="InvalidDataException">A weight is not a number of at least 0.</exception>
    public static double[] Weights(ArrayValues array, string file)
    {
        double[] weights = array.Doubles();
        int bad = Array.FindIndex(weights, weight => !(weight >= 0 && double.IsFinite(weight)));
        return bad < 0 ? weights
            : throw new InvalidDataException($"{RowPlace.OfRow($"{file}, array '{array.Name}'",
            bad)}: the weight {weights[bad]} must be a number of at least 0.");
    }

    private static void CheckFinite(ArrayValues array, string file)
    {
        int bad = array.Values switch
        {
            double[] values => Array.FindIndex(values, double.IsInfinity),
            float[] values => Array.FindIndex(values, float.IsInfinity),
            _ => -1,
        };
        if (bad >= 0)
            throw new InvalidDataException($"{file}, array '{array.Name}' row {bad / Math.Max(1, array.Width)}, column "
                + $"{bad % Math.Max(1, array.Width)} (counted from 0) is not finite.");
    }
}
