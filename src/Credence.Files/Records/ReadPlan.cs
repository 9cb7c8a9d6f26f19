using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>A column that is read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">Its role; never <see cref="ColumnRole.LeftOut"/>.</param>
/// <param name="Kind">The kind of its cells.</param>
/// <param name="Format">How the cells are written; null for the usual way.</param>
internal sealed record PlannedColumn(string Name, ColumnRole Role, ColumnKind Kind, CellFormat? Format = null);

/// <summary>The plan of reading files: columns and their positions.</summary>
/// <param name="Columns">The columns, in order.</param>
/// <param name="Fields">For each file the position of each of these columns; −1 where the file lacks it.</param>
/// <param name="Rows">The number of rows, where a pass over the data has counted them.</param>
internal sealed record ReadPlan(IReadOnlyList<PlannedColumn> Columns, int[][] Fields, long? Rows)
{
    /// <summary>The feature columns.</summary>
    public IReadOnlyList<ColumnSchema> Schema { get; } =
        [.. Columns.Where(column => column.Role == ColumnRole.Feature).Select(column => new ColumnSchema(column.Name, column.Kind))];

    /// <summary>The names of the columns that are carried through.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>For each file the position of each of these.</summary>
    public int[][] KeptFields { get; init; } = [];

    /// <summary>For each file the lines that are no rows, such as a footer; null where there are none.</summary>
    public HashSet<long>?[]? Frames { get; init; }

    /// <summary>How the data are laid out.</summary>
    public DataLayout? Layout { get; init; }

    /// <summary>The label's column, or several with commas between them, or null.</summary>
    public string? LabelName => Labels is { Length: > 0 } names ? string.Join(", ", names) : null;

    /// <summary>The names of the label columns.</summary>
    public string[] Labels => [.. Columns.Where(column => column.Role == ColumnRole.Label).Select(column => column.Name)];
}
