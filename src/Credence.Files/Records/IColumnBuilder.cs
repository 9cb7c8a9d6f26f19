using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>Collects the cells of one column.</summary>
internal interface IColumnBuilder
{
    /// <summary>The expected content of a cell, for a message: <c>a number</c>.</summary>
    string Expected { get; }

    /// <summary>The memory of the cells added since the last <see cref="Take"/>, in bytes.</summary>
    long Bytes { get; }

    /// <summary>Adds a cell; false where it is not of the column's kind.</summary>
    /// <param name="records">The current record.</param>
    /// <param name="field">The cell's position; −1 where this file has no such column.</param>
    bool TryAdd(IRecords records, int field);

    /// <summary>The column of the cells added since the last call.</summary>
    IColumn Take();
}
