namespace Credence.Data.Columns;

/// <summary>A column's name, kind and shape: enough to read another file the same way.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">The kind of its cells.</param>
/// <param name="Shape">[width] for a vector, [height, width, channels] for an image, [sample rate] for audio; otherwise empty.</param>
public sealed record ColumnSchema(string Name, ColumnKind Kind, IReadOnlyList<int> Shape)
{
    /// <summary>A column whose kind has no shape.</summary>
    public ColumnSchema(string name, ColumnKind kind)
        : this(name, kind, [])
    {
    }

    /// <summary>The schema of a column.</summary>
    public static ColumnSchema Of(IColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new(column.Name, column.Kind, column.Shape);
    }
}
