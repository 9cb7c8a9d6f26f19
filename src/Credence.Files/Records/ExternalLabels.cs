using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>Labels from a separate file, in the order of the rows.</summary>
/// <param name="File">That file's name.</param>
/// <param name="Column">The labels.</param>
/// <param name="PlaceOf">The place of a label, for a message.</param>
internal sealed record ExternalLabels(string File, CategoryColumn Column, Func<int, RowPlace> PlaceOf)
{
    /// <summary>The labels of some rows; missing past the last label, which is an error once the rows are counted.</summary>
    public CategoryColumn Slice(long first, int rows)
    {
        var codes = new int[rows];
        codes.AsSpan().Fill(-1);
        if (first < Column.Count)
            Column.Codes[(int)first..(int)Math.Min(Column.Count, first + rows)].CopyTo(codes);

        return new CategoryColumn(Column.Name, codes, Column.Categories);
    }

    /// <summary>Checks that there are as many rows as labels.</summary>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public void CheckCount(long rows, string data)
    {
        if (rows != Column.Count)
            throw new InvalidDataException($"{File} has {Column.Count:N0} labels, {data} has {rows:N0} rows; they must be as many.");
    }
}
