using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>What was found about a column's cells.</summary>
/// <param name="Kind">Their kind; null where the column is left out.</param>
/// <param name="Reason">Why, in a few words; null where that goes without saying.</param>
/// <param name="Remedy">The option that changes it; null for none.</param>
internal sealed record ColumnFinding(ColumnKind? Kind, string? Reason = null, string? Remedy = null)
{
    /// <summary>How the cells are written; null for the usual way.</summary>
    public CellFormat? Format { get; init; }
}
