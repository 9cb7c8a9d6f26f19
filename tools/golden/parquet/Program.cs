using DuckDB.NET.Data;
using ParquetSharp;
using ParquetSharp.Schema;

// Writes the Parquet files under tests/golden/parquet: the same six rows by Arrow's C++ (ParquetSharp) and by DuckDB, and other types.
// polars.mjs, beside this, writes the one of polars.
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

ArrowTypes(Path.Combine(folder, "arrow-types.parquet"));
HuggingFace(Path.Combine(folder, "huggingface.parquet"));
DuckDbTypes(Path.Combine(folder, "duckdb-types.parquet"));
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

// Three rows of the types that the six rows have not.
void ArrowTypes(string path)
{
    Column[] columns =
    [
        new Column<decimal>("price", LogicalType.Decimal(18, 2)), new Column<decimal?>("large", LogicalType.Decimal(29, 3)),
        new Column<DateTime>("millis", LogicalType.Timestamp(true, TimeUnit.Millis)), new Column<DateTimeNanos?>("nanos"),
        new Column<TimeSpan>("time", LogicalType.Time(true, TimeUnit.Micros)), new Column<float[]?>("embedding"),
        new Column<int[]>("ragged"), new Column<ulong>("unsigned"), new Column<byte[]>("bytes"), new Column<sbyte>("tiny"),
        new Column<Guid>("id"), new Column<string[]>("pair"),
    ];
    using var file = new ParquetFileWriter(path, columns, Compression.Brotli);
    using RowGroupWriter group = file.AppendRowGroup();
    Write(group, [1.50m, -0.05m, 1234567.89m]);
    Write(group, new decimal?[] { 79228162514264337593.543m, null, -0.001m });
    Write(group, new DateTime[] { new(2024, 2, 29, 1, 2, 3, 4), new(1969, 12, 31, 23, 59, 59, 999), new(2000, 1, 1) });
    Write(group, new DateTimeNanos?[] { new DateTimeNanos(1_709_164_800_123_456_700), null, new DateTimeNanos(-100) });
    Write(group, new TimeSpan[] { new(1, 2, 3), new(0, 23, 59, 59, 999), TimeSpan.Zero });
    Write(group, new float[]?[] { [0.5f, -1, 2], null, [3, 4.25f, float.NaN] });
    Write(group, new int[][] { [1], [2, 3], [] });
    Write(group, new ulong[] { ulong.MaxValue, 1UL << 63, 0 });
    Write(group, new byte[][] { [.. "abc"u8], [.. "grün"u8], [] });
    Write(group, new sbyte[] { -128, 127, 0 });
    Write(group, new Guid[] { new("00112233-4455-6677-8899-aabbccddeeff"), Guid.Empty, new("ffffffff-0000-0000-0000-000000000001") });
    Write(group, new string[][] { ["a", "b"], ["c", "d"], ["e", "f"] });
    file.Close();
}

// As the library for data sets writes pictures and numbered labels: a structure of bytes and a path, and the names in its note.
void HuggingFace(string path)
{
    var image = new GroupNode("image", Repetition.Optional,
    [
        new PrimitiveNode("bytes", Repetition.Optional, LogicalType.None(), PhysicalType.ByteArray),
        new PrimitiveNode("path", Repetition.Optional, LogicalType.String(), PhysicalType.ByteArray),
    ]);
    var label = new PrimitiveNode("label", Repetition.Optional, LogicalType.None(), PhysicalType.Int64);
    var schema = new GroupNode("schema", Repetition.Required, [image, label]);
    using WriterProperties written = new WriterPropertiesBuilder().Compression(Compression.Snappy).Build();
    var notes = new Dictionary<string, string>
    {
        ["huggingface"] =
            """{"info": {"features": {"image": {"_type": "Image"}, "label": {"names": ["cat", "dog"], "_type": "ClassLabel"}}}}""",
    };
    using var file = new ParquetFileWriter(path, schema, written, notes);
    byte[][] pictures = [.. new[] { "grey.png", "colour.png", "grey.png" }
        .Select(name => File.ReadAllBytes(Path.Combine(folder, "..", "media", name)))];
    using RowGroupWriter group = file.AppendRowGroup();
    Write(group, pictures.Select(bytes => (Nested<byte[]?>?)new Nested<byte[]?>(bytes)).ToArray());
    Write(group, pictures.Select((_, i) => (Nested<string?>?)new Nested<string?>($"p{i}.png")).ToArray());
    Write(group, new long?[] { 1, 0, -1 });
    file.Close();
}

void DuckDbTypes(string path)
{
    File.Delete(path);
    using var connection = new DuckDBConnection("DataSource=:memory:");
    connection.Open();
    foreach (string sql in new[]
    {
        "CREATE TYPE mood AS ENUM ('sad', 'glad')",
        "CREATE TABLE t (mood mood, price DECIMAL(9, 2), huge DECIMAL(38, 4), point FLOAT[2], place STRUCT(town VARCHAR, zip INTEGER), "
            + "time TIME, zoned TIMESTAMPTZ, id UUID, jump INTEGER, words MAP(VARCHAR, INTEGER), code VARCHAR)",
        "SET TimeZone = 'UTC'",
        "INSERT INTO t VALUES "
            + "('sad', 1.5, 12345678901234567890.1234, [0.5, 1], {'town': 'Ulm', 'zip': 89073}, '01:02:03.5', '2024-02-29 12:00:00+02', "
            + "'00112233-4455-6677-8899-aabbccddeeff', -2147483648, MAP {'a': 1}, 'item-0001'), "
            + "('glad', NULL, -0.0001, [2, 3], {'town': NULL, 'zip': 1}, NULL, '1969-12-31 23:59:59.5+00', NULL, 2147483647, MAP {}, "
            + "'item-0002'), "
            + "(NULL, -0.01, 0, NULL, NULL, '00:00:00', NULL, NULL, -2147483648, NULL, 'item-0003')",
        $"COPY t TO '{path}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1)",
    })
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
