using Parquet.Schema;

namespace Credence.Files.Columnar;

/// <summary>A column of a Parquet file.</summary>
/// <param name="Field">The field of Parquet.Net.</param>
/// <param name="IsHalf">Whether its two bytes a value are a 16-bit float.</param>
internal sealed record ParquetField(DataField Field, bool IsHalf)
{
    /// <summary>Whether its values are texts. A text field has type string when written, <see cref="ReadOnlyMemory{T}"/> of characters when
    /// read.</summary>
    public bool IsText => Field.ClrType == typeof(string) || Field.ClrType == typeof(ReadOnlyMemory<char>);

    /// <summary>Whether it has one value per row, of a type that can be read.</summary>
    public bool IsReadable => Field.MaxRepetitionLevel == 0 && !Field.IsArray && (IsHalf || ParquetColumn.CanRead(Field.ClrType));
}
