namespace Credence.Data.Columns;

/// <summary>What is known of a column before its cells: enough to read another file the same way.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">What its cells are.</param>
/// <param name="Shape">For a vector [width]; for an image [height, width, channels]; for audio [sample rate]; else empty.</param>
public sealed record ColumnSchema(string Name, ColumnKind Kind, IReadOnlyList<int> Shape)
{
    /// <summary>A column whose kind has no shape.</summary>
    public ColumnSchema(string name, ColumnKind kind)
        : this(name, kind, [])
    {
    }

    /// <summary>What a column of a table is.</summary>
    public static ColumnSchema Of(IColumn column) => new(column.Name, column.Kind, column.Shape);
}
