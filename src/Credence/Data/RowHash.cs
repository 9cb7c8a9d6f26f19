using System.Runtime.InteropServices;
using System.Text;
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
            Add(column, hashes);

        return hashes;
    }

    private static void Add(IColumn column, ulong[] hashes)
    {
        switch (column)
        {
            case NumberColumn numbers:
                for (int row = 0; row < hashes.Length; row++)
                    hashes[row] = ByteHash.Mix(hashes[row], Bits(numbers.Values[row]));

                break;
            case CategoryColumn categories:
                ulong[] names = [.. categories.Categories.Select(name => ByteHash.Mix(1, Encoding.UTF8.GetBytes(name)))];
                for (int row = 0; row < hashes.Length; row++)
                    hashes[row] = ByteHash.Mix(hashes[row], categories.Codes[row] < 0 ? 0 : names[categories.Codes[row]]);

                break;
            case DateColumn dates:
                for (int row = 0; row < hashes.Length; row++)
                    hashes[row] = ByteHash.Mix(hashes[row], (ulong)dates.Ticks[row]);

                break;
            case TextColumn texts:
                for (int row = 0; row < hashes.Length; row++)
                    hashes[row] = ByteHash.Mix(hashes[row], texts.Utf8(row));

                break;
            case VectorColumn vectors:
                for (int row = 0; row < hashes.Length; row++)
                {
                    foreach (float value in vectors.Row(row))
                        hashes[row] = ByteHash.Mix(hashes[row], Bits(value));
                }

                break;
            case ImageColumn images:
                for (int row = 0; row < hashes.Length; row++)
                    hashes[row] = ByteHash.Mix(hashes[row], images.Row(row));

                break;
            case AudioColumn clips:
                for (int row = 0; row < hashes.Length; row++)
                    hashes[row] = ByteHash.Mix(hashes[row], MemoryMarshal.AsBytes(clips.Row(row)));

                break;
            default:
                throw new NotSupportedException($"Column '{column.Name}' is of a kind whose cells can't be hashed: {column.Kind}.");
        }
    }

    private static ulong Bits(double value) =>
        double.IsNaN(value) ? ulong.MaxValue : BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value);
}
