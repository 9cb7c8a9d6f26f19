namespace Credence.Files.Columnar;

/// <summary>A column of a Parquet file as a table has it: one as it is stored, or one position of its lists.</summary>
/// <param name="Leaf">The column as it is stored.</param>
/// <param name="Name">The column's name.</param>
/// <param name="Position">The position in each list; 0 where there are no lists.</param>
/// <param name="ListLength">How long each list is; 1 where there are none.</param>
/// <param name="LabelNames">The names of its numbers, or null.</param>
internal sealed record ParquetField(ParquetLeaf Leaf, string Name, int Position, int ListLength, IReadOnlyList<string>? LabelNames);
