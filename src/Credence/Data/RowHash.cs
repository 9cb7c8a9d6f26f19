using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>A 64-bit number for the content of each row: rows equal in all cells have the same one. Others share one with a
/// probability of about 2⁻⁶⁴ a pair, and are then taken for equal, which costs a split nothing but a bit of freedom.</summary>
public static class RowHash
{
    /// <summary>The hash of each row over all columns of a table. Missing cells are equal to each other, and 0 to −0.</summary>
    public static ulong[] Compute(Table table)
    {
        var hashes = new ulong[table.Rows];
        foreach (IColumn column in table.Columns)
            column.MixInto(hashes);

        return hashes;
    }
}
