namespace Credence.Files.Columnar;

/// <summary>Where the pages of a column in a row group are (ColumnMetaData of parquet.thrift).</summary>
internal sealed record ParquetChunk
{
    /// <summary>The physical type.</summary>
    public long Type { get; private set; } = -1;

    /// <summary>How pages are packed.</summary>
    public long Codec { get; private set; }

    /// <summary>Values, missing ones too.</summary>
    public long Values { get; private set; }

    /// <summary>Bytes of all pages and their headers.</summary>
    public long Length { get; private set; }

    /// <summary>The first byte of its data pages.</summary>
    public long DataOffset { get; private set; }

    /// <summary>The first byte of its dictionary, or 0.</summary>
    public long DictionaryOffset { get; private set; }

    /// <summary>Why it can't be read, or null.</summary>
    public string? Refusal { get; private set; } = "has no description";

    /// <summary>The first byte of its pages.</summary>
    public long Start => DictionaryOffset > 0 ? Math.Min(DictionaryOffset, DataOffset) : DataOffset;

    /// <summary>Reads a description.</summary>
    public static ParquetChunk Read(ThriftReader thrift)
    {
        var chunk = new ParquetChunk();
        string? elsewhere = null;
        thrift.Structure((field, type) =>
        {
            if (field == 1)
                elsewhere = "is in another file";
            else if (field is 8 or 9)
                elsewhere = "is encrypted";
            else if (field == 3 && chunk.TryMetadata(thrift, type))
                return true;

            return false;
        });
        chunk.Refusal = elsewhere ?? chunk.Refusal;
        return chunk;
    }

    private bool TryMetadata(ThriftReader thrift, int type) => thrift.Structure(type, (field, inner) =>
    {
        Refusal = null;
        if (field is not (1 or 4 or 5 or 7 or 9 or 11) || !thrift.Whole(inner, out long value))
            return false;

        switch (field)
        {
            case 1:
                Type = value;
                break;
            case 4:
                Codec = value;
                break;
            case 5:
                Values = value;
                break;
            case 7:
                Length = value;
                break;
            case 9:
                DataOffset = value;
                break;
            default:
                DictionaryOffset = value;
                break;
        }

        return true;
    });
}
