using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>A 64-bit hash of each row's content: rows equal in all cells have equal hashes. Two different rows collide with a
/// probability of about 2⁻⁶⁴; a split then keeps them together, which does no harm.</summary>
public static class RowHash
{
    /// <summary>The hash of each row over all columns of a table. Missing cells are equal to each other, and 0 equals −0.</summary>
    public static ulong[] Compute(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var hashes = new ulong[table.Rows];
        foreach (IColumn column in table.Columns)
            column.MixInto(hashes);

        return hashes;
    }
}
