using DuckDB.NET.Data;
using ParquetSharp;

// Writes the Parquet files under tests/golden/parquet: the same six rows by Arrow's C++ (ParquetSharp) and by DuckDB.
//
//     dotnet run --project tools/golden/parquet -- tests/golden/parquet
string folder = args.Length == 1 ? args[0] : throw new ArgumentException("Give the folder to write to.");
Directory.CreateDirectory(folder);

string?[] word = ["red", "blue", null, "red", "grün", ""];
string[] note = ["a first text", "the second, with a comma", "drittes «Stück»", "四", "line\nbreak", "a last text"];
int?[] whole = [1, -2, 3, null, int.MaxValue, 4];
long[] large = [1L << 60, -(1L << 60), 0, 7, long.MaxValue, long.MinValue];
double?[] price = [0.5, null, -1.25, 1e300, 0.1, 3];
float[] ratio = [0.5f, 0.1f, -3f, 1e-30f, 2f, 4f];
bool?[] flag = [true, false, null, true, false, true];
Date?[] day = [new Date(2024, 2, 29), new Date(1969, 12, 31), null, new Date(1, 1, 1), new Date(2024, 3, 1), new Date(2024, 3, 2)];
DateTime?[] moment =
[
    new(2024, 2, 29, 23, 59, 59), new(1969, 12, 31, 1, 2, 3), null, new(2024, 1, 1),
    new DateTime(2024, 1, 1).AddMicroseconds(5), new(2000, 1, 1),
];
short[] small = [-1, 2, short.MaxValue, short.MinValue, 5, 6];
uint[] unsigned = [0, uint.MaxValue, 2, 3, 4, 5];
Half?[] half = [(Half)0.5, (Half)(-2), null, (Half)65504, (Half)6e-8, (Half)0.1];

var properties = new Dictionary<string, Func<WriterPropertiesBuilder, WriterPropertiesBuilder>>
{
    ["arrow-plain"] = builder => builder.DisableDictionary().Compression(Compression.Uncompressed),
    ["arrow-dictionary-snappy"] = builder => builder.EnableDictionary().Compression(Compression.Snappy),
    ["arrow-dictionary-gzip"] = builder => builder.EnableDictionary().Compression(Compression.Gzip),
    ["arrow-v2-snappy"] = builder => builder.DataPageVersion(ParquetDataPageVersion.V2).Compression(Compression.Snappy),
    ["arrow-v2-plain-snappy"] = builder =>
        builder.DataPageVersion(ParquetDataPageVersion.V2).DisableDictionary().Compression(Compression.Snappy),
    ["arrow-v2-zstd"] = builder => builder.DataPageVersion(ParquetDataPageVersion.V2).Compression(Compression.Zstd),
};
foreach ((string name, var build) in properties)
    Arrow(Path.Combine(folder, name + ".parquet"), build(new WriterPropertiesBuilder()).Build());

DuckDb(Path.Combine(folder, "duckdb-snappy.parquet"), "COMPRESSION snappy");
DuckDb(Path.Combine(folder, "duckdb-v2-zstd.parquet"), "COMPRESSION zstd, PARQUET_VERSION v2");

void Arrow(string path, WriterProperties written)
{
    Column[] columns =
    [
        new Column<string>("word"), new Column<string>("note"), new Column<int?>("whole"), new Column<long>("large"),
        new Column<double?>("price"), new Column<float>("ratio"), new Column<bool?>("flag"), new Column<Date?>("day"),
        new Column<DateTime?>("moment", LogicalType.Timestamp(isAdjustedToUtc: false, timeUnit: TimeUnit.Micros)),
        new Column<short>("small"), new Column<uint>("unsigned"), new Column<Half?>("half"),
    ];
    using var file = new ParquetFileWriter(path, columns, written);

    // Two groups of rows, so that the second begins anew.
    foreach (Range rows in new[] { 0..4, 4..6 })
    {
        using RowGroupWriter group = file.AppendRowGroup();
        Write(group, word[rows]!);
        Write(group, note[rows]);
        Write(group, whole[rows]);
        Write(group, large[rows]);
        Write(group, price[rows]);
        Write(group, ratio[rows]);
        Write(group, flag[rows]);
        Write(group, day[rows]);
        Write(group, moment[rows]);
        Write(group, small[rows]);
        Write(group, unsigned[rows]);
        Write(group, half[rows]);
    }

    file.Close();
}

static void Write<T>(RowGroupWriter group, T[] values)
{
    using LogicalColumnWriter<T> column = group.NextColumn().LogicalWriter<T>();
    column.WriteBatch(values);
}

void DuckDb(string path, string options)
{
    File.Delete(path);
    using var connection = new DuckDBConnection("DataSource=:memory:");
    connection.Open();
    Run("CREATE TABLE t (word VARCHAR, note VARCHAR, whole INTEGER, large BIGINT, price DOUBLE, ratio FLOAT, flag BOOLEAN, day DATE, "
        + "moment TIMESTAMP, small SMALLINT, unsigned UINTEGER)");
    for (int row = 0; row < note.Length; row++)
    {
        using DuckDBCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?::DATE, ?::TIMESTAMP, ?, ?)";
        object?[] cells =
        [
            word[row], note[row], whole[row], large[row], price[row], ratio[row], flag[row], day[row]?.DateTime.ToString("yyyy-MM-dd"),
            moment[row]?.ToString("yyyy-MM-dd HH:mm:ss.ffffff"), small[row], unsigned[row],
        ];
        foreach (object? cell in cells)
            insert.Parameters.Add(new DuckDBParameter(cell ?? DBNull.Value));

        insert.ExecuteNonQuery();
    }

    Run($"COPY t TO '{path}' (FORMAT parquet, {options})");

    void Run(string sql)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
