using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>Gathers the cells of one column.</summary>
internal interface IColumnBuilder
{
    /// <summary>What a cell must be, for a message: <c>a number</c>.</summary>
    string Expected { get; }

    /// <summary>Adds a cell; false where it is not what it must be.</summary>
    /// <param name="records">The current record.</param>
    /// <param name="field">The cell's position; −1 where this file has no such column.</param>
    bool TryAdd(IRecords records, int field);

    /// <summary>The column of the cells added since the last call.</summary>
    IColumn Take();
}
