using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>A column that is read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">Its role; never <see cref="ColumnRole.LeftOut"/>.</param>
/// <param name="Kind">The kind of its cells.</param>
internal sealed record PlannedColumn(string Name, ColumnRole Role, ColumnKind Kind);

/// <summary>The plan of reading files: columns and their positions.</summary>
/// <param name="Columns">The columns, in order.</param>
/// <param name="Fields">For each file the position of each of these columns; −1 where the file lacks it.</param>
/// <param name="Rows">The number of rows, where a pass over the data has counted them.</param>
internal sealed record ReadPlan(IReadOnlyList<PlannedColumn> Columns, int[][] Fields, long? Rows)
{
    /// <summary>The feature columns.</summary>
    public IReadOnlyList<ColumnSchema> Schema { get; } =
        [.. Columns.Where(column => column.Role == ColumnRole.Feature).Select(column => new ColumnSchema(column.Name, column.Kind))];

    /// <summary>The label's column, or null.</summary>
    public string? LabelName => Columns.FirstOrDefault(column => column.Role == ColumnRole.Label)?.Name;
}
