using Credence.Data;
using Credence.Files.Columnar;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Columnar;

/// <summary>The same six rows as Arrow's C++ and DuckDB write them (tools/golden/parquet), and as they were written.</summary>
public class ParquetFileTests
{
    private static readonly (string Name, string[] Cells)[] Written =
    [
        ("word", ["red", "blue", "", "red", "grün", ""]),
        ("note", ["a first text", "the second, with a comma", "drittes «Stück»", "四", "line\nbreak", "a last text"]),
        ("whole", ["1", "-2", "3", "", "2147483647", "4"]),
        ("large", ["1152921504606846976", "-1152921504606846976", "0", "7", "9223372036854775807", "-9223372036854775808"]),
        ("price", ["0.5", "", "-1.25", "1E+300", "0.1", "3"]),
        ("ratio", ["0.5", "0.10000000149011612", "-3", "1.0000000031710769E-30", "2", "4"]),
        ("flag", ["true", "false", "", "true", "false", "true"]),
        ("day", ["2024-02-29", "1969-12-31", "", "0001-01-01", "2024-03-01", "2024-03-02"]),
        ("moment",
        [
            "2024-02-29T23:59:59", "1969-12-31T01:02:03", "", "2024-01-01T00:00:00", "2024-01-01T00:00:00.000005", "2000-01-01T00:00:00",
        ]),
        ("small", ["-1", "2", "32767", "-32768", "5", "6"]),
        ("unsigned", ["0", "4294967295", "2", "3", "4", "5"]),
        ("half", ["0.5", "-2", "", "65504", "5.960464477539063E-08", "0.0999755859375"]),
    ];

    [Theory]
    [InlineData("arrow-plain")]
    [InlineData("arrow-dictionary-snappy")]
    [InlineData("arrow-dictionary-gzip")]
    [InlineData("arrow-v2-snappy")]
    [InlineData("arrow-v2-plain-snappy")]
    [InlineData("arrow-v2-zstd")]
    [InlineData("duckdb-snappy")]
    [InlineData("duckdb-v2-zstd")]
    public void EveryCell_IsReadAsItWasWritten(string file)
    {
        using InputFile input = InputFile.At(Repository.Golden("parquet", file + ".parquet"), new ReadOptions());
        ParquetFile parquet = ParquetFile.Guess(input, new ReadOptions());
        bool hasHalves = file.StartsWith("arrow", StringComparison.Ordinal);
        Assert.Equal(Written.Select(column => column.Name).Where(name => hasHalves || name != "half"), parquet.Names);

        for (int field = 0; field < parquet.Names.Count; field++)
        {
            string name = parquet.Names[field];
            Assert.Equal(Written.Single(column => column.Name == name).Cells, Cells(parquet, field));
        }
    }

    [Fact]
    public void Columns_BecomeNumbersNamesTextsAndDates()
    {
        DataChunk rows = Golden.Read("parquet/arrow-dictionary-snappy.parquet", new ReadOptions { Label = "word", Text = "note" });

        Assert.Equal(["red", "blue", null, "red", "grün", null], rows.LabelNames());
        Assert.Equal(Written[1].Cells, rows.Texts("note"));
        Assert.Equal([1, -2, 3, double.NaN, 2147483647, 4], rows.Numbers("whole"));
        Assert.Equal([0.5, double.NaN, -1.25, 1e300, 0.1, 3], rows.Numbers("price"));
        Assert.Equal([0.5, 0.1f, -3, 1e-30f, 2, 4], rows.Numbers("ratio"));
        Assert.Equal([0.5, -2, double.NaN, 65504, 1 / 16777216.0, (double)(Half)0.1], rows.Numbers("half"));
        Assert.Equal(["true", "false", null, "true", "false", "true"], rows.Categories("flag"));
        Assert.Equal(
            [new DateTime(2024, 2, 29), new DateTime(1969, 12, 31), null, new DateTime(1, 1, 1)],
            rows.Cells("day")[..4]);
        Assert.Equal(new DateTime(2024, 1, 1).AddMicroseconds(5), rows.Cells("moment")[4]);
    }

    [Fact]
    public void RowsReadInChunks_AreTheSame_AcrossGroups()
    {
        var options = new ReadOptions { Text = "note", Drop = ["flag"] };
        using IRowSource source = DataFiles.Open([Repository.Golden("parquet", "arrow-v2-snappy.parquet")], options);

        string[] notes = [.. source.Read(rowsPerChunk: 3).SelectMany(chunk => chunk.Texts("note"))];

        Assert.Equal(Written[1].Cells, notes);
    }

    private static string[] Cells(ParquetFile parquet, int field)
    {
        var cells = new List<string>();
        using IRecords records = parquet.Open(mistrustQuotes: false);
        while (records.Next())
            cells.Add(records.Text(field).ToString());

        return [.. cells];
    }
}
