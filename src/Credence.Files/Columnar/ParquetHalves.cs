using Parquet.Meta;

namespace Credence.Files.Columnar;

/// <summary>Columns of 16-bit floats. Parquet.Net does not support the type and refuses the whole file; without the type mark, it reads two
/// bytes per
/// value.</summary>
internal static class ParquetHalves
{
    /// <summary>Removes the mark from a file's metadata, before its schema is read.</summary>
    /// <returns>For each column of single values, depth first, whether it had the mark.</returns>
    public static bool[] Unmark(FileMetaData description)
    {
        SchemaElement[] leaves = [.. description.Schema.Where(element => element.NumChildren is null or 0)];
        bool[] halves = [.. leaves.Select(IsHalf)];
        for (int i = 0; i < leaves.Length; i++)
        {
            if (halves[i])
                leaves[i].LogicalType = null;
        }

        return halves;
    }

    private static bool IsHalf(SchemaElement element) =>
        element is { LogicalType.FLOAT16: not null, Type: Parquet.Meta.Type.FIXED_LEN_BYTE_ARRAY, TypeLength: 2 };
}
