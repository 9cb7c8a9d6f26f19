namespace Credence.Files.Columnar;

/// <summary>A row group.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Chunks">Its columns, in the schema's order.</param>
internal sealed record ParquetGroup(long Rows, IReadOnlyList<ParquetChunk> Chunks)
{
    /// <summary>Reads a description (RowGroup of parquet.thrift).</summary>
    public static ParquetGroup Read(ThriftReader thrift)
    {
        var chunks = new List<ParquetChunk>();
        long rows = 0;
        thrift.Structure((field, type) => field switch
        {
            1 => thrift.List(type, of =>
            {
                if (of == 12)
                    chunks.Add(ParquetChunk.Read(thrift));

                return of == 12;
            }),
            3 => thrift.Whole(type, out rows),
            _ => false,
        });
        return new ParquetGroup(rows, chunks);
    }
}
