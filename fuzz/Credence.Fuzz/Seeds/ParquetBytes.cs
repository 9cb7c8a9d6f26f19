using Parquet;
using Parquet.Schema;

namespace Credence.Fuzz.Seeds;

/// <summary>Parquet files of the kinds of columns that are read.</summary>
public static class ParquetBytes
{
    /// <summary>Rows of a number that may be missing, a whole number, a long one, a text, a truth and a date, in groups of three
    /// rows.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="compression">How pages are packed.</param>
    public static byte[] Mixed(int rows, CompressionMethod compression = CompressionMethod.None)
    {
        var price = new DataField<double?>("price");
        var count = new DataField<int>("count");
        var large = new DataField<long>("large");
        var colour = new DataField<string>("colour");
        var isNew = new DataField<bool>("new");
        var day = new DataField<DateTime>("day");
        using var bytes = new MemoryStream();
        Write(bytes, new ParquetSchema(price, count, large, colour, isNew, day), compression, Math.Max(1, (rows + 2) / 3),
            (writer, group) =>
        {
            int[] here = [.. Enumerable.Range(group * 3, Math.Min(3, rows - (group * 3)))];
            writer.WriteAsync<double>(price, here.Select(row => row % 4 == 3 ? (double?)null : row / 2.0).ToArray().AsMemory()).GetAwaiter()
                .GetResult();
            writer.WriteAsync<int>(count, here.ToArray().AsMemory()).GetAwaiter().GetResult();
            writer.WriteAsync<long>(large, here.Select(row => (1L << 60) + row).ToArray().AsMemory()).GetAwaiter().GetResult();
            writer.WriteAsync(colour, (IReadOnlyCollection<string>)[.. here.Select(row => row % 2 == 0 ? "red" : "blue")]).GetAwaiter()
                .GetResult();
            writer.WriteAsync<bool>(isNew, here.Select(row => row % 3 == 0).ToArray().AsMemory()).GetAwaiter().GetResult();
            writer.WriteAsync<DateTime>(day, here.Select(row => new DateTime(2024, 1, 1 + row, 0, 0, 0, DateTimeKind.Utc)).ToArray()
                .AsMemory()).GetAwaiter().GetResult();
        });
        return bytes.ToArray();
    }

    private static void Write(
        Stream stream, ParquetSchema schema, CompressionMethod compression, int groups, Action<ParquetRowGroupWriter, int> write)
    {
        ParquetWriter writer = ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = compression })
            .GetAwaiter().GetResult();
        for (int group = 0; group < groups; group++)
        {
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            write(rows, group);
        }

        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
