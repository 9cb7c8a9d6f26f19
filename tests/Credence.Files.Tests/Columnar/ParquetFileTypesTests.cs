using Credence.Files.Columnar;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Persistence;

namespace Credence.Files.Tests.Columnar;

/// <summary>Types that other writers have (tools/golden/parquet), as they were written.</summary>
public class ParquetFileTypesTests
{
    [Fact]
    public void Arrow_DecimalsTimesListsAndBytes()
    {
        Expect(
            "arrow-types",
            ("price", ["1.50", "-0.05", "1234567.89"]),
            ("large", ["79228162514264337593.543", "", "-0.001"]),
            ("millis", ["2024-02-29T01:02:03.004", "1969-12-31T23:59:59.999", "2000-01-01T00:00:00"]),
            ("nanos", ["2024-02-29T00:00:00.1234567", "", "1969-12-31T23:59:59.9999999"]),
            ("time", ["01:02:03", "23:59:59.999", "00:00:00"]),
            ("embedding[0]", ["0.5", "", "3"]),
            ("embedding[1]", ["-1", "", "4.25"]),
            ("embedding[2]", ["2", "", ""]),
            ("unsigned", ["18446744073709551615", "9223372036854775808", "0"]),
            ("bytes", ["abc", "grün", ""]),
            ("tiny", ["-128", "127", "0"]),
            ("id",
            [
                "00112233-4455-6677-8899-aabbccddeeff", "00000000-0000-0000-0000-000000000000", "ffffffff-0000-0000-0000-000000000001",
            ]),
            ("pair[0]", ["a", "c", "e"]),
            ("pair[1]", ["b", "d", "f"]));
    }

    [Fact]
    public void DuckDb_EnumsStructuresAndDifferencesThatWrapAround()
    {
        Expect(
            "duckdb-types",
            ("mood", ["sad", "glad", ""]),
            ("price", ["1.50", "", "-0.01"]),
            ("huge", ["12345678901234567890.1234", "-0.0001", "0.0000"]),
            ("point[0]", ["0.5", "2", ""]),
            ("point[1]", ["1", "3", ""]),
            ("place.town", ["Ulm", "", ""]),
            ("place.zip", ["89073", "1", ""]),
            ("time", ["01:02:03.5", "", "00:00:00"]),
            ("zoned", ["2024-02-29T10:00:00", "1969-12-31T23:59:59.5", ""]),
            ("id", ["00112233-4455-6677-8899-aabbccddeeff", "", ""]),
            ("jump", ["-2147483648", "2147483647", "-2147483648"]),
            ("code", ["item-0001", "item-0002", "item-0003"]));
    }

    [Fact]
    public void Polars()
    {
        Expect(
            "polars",
            ("text", ["a first text", "grün", ""]),
            ("colour", ["red", "blue", "red"]),
            ("whole", ["1", "", "-3"]),
            ("large", ["9007199254740991", "-1", "0"]),
            ("price", ["0.5", "-1.25", ""]),
            ("ratio", ["0.10000000149011612", "2", "3"]),
            ("flag", ["true", "", "false"]),
            ("moment", ["2024-02-29T01:02:03.004", "", "1970-01-01T00:00:00"]),
            ("embedding[0]", ["0.5", "2", "-4"]),
            ("embedding[1]", ["1", "3", "5"]));
    }

    [Fact]
    public void ListsOfDifferentLengths_AndMaps_AreLeftOut_AndSaid()
    {
        Assert.Contains(Notes("arrow-types"), note => note.EndsWith(
            "these columns are left out: 'ragged' has lists of different lengths.", StringComparison.Ordinal));
        Assert.Contains(Notes("duckdb-types"), note => note.EndsWith(
            "'words.key_value.key' is part of a map; 'words.key_value.value' is part of a map.", StringComparison.Ordinal));
        Assert.Contains(Notes("arrow-types"), note => note.EndsWith(
            "the lists of column 'embedding' are read as the columns 'embedding[0]' to 'embedding[2]'.", StringComparison.Ordinal));
    }

    [Fact]
    public void ACutFile_IsRefused()
    {
        byte[] file = File.ReadAllBytes(Repository.Golden("parquet", "arrow-plain.parquet"));
        using var scratch = new Support.Scratch();
        string message = scratch.Refusal<InvalidDataException>("cut.parquet", file[..^9]);
        Assert.Equal("cut.parquet is damaged: it does not end as a Parquet file. Was it copied whole?", message);
    }

    private static void Expect(string file, params (string Name, string[] Cells)[] columns)
    {
        using InputFile input = InputFile.At(Repository.Golden("parquet", file + ".parquet"), new ReadOptions());
        ParquetFile parquet = ParquetFile.Guess(input, new ReadOptions());
        Assert.Equal(columns.Select(column => column.Name), parquet.Names);
        using IRecords records = parquet.Open(mistrustQuotes: false);
        for (int row = 0; row < columns[0].Cells.Length; row++)
        {
            Assert.True(records.Next());
            for (int field = 0; field < columns.Length; field++)
                Assert.Equal((columns[field].Name, columns[field].Cells[row]), (parquet.Names[field], records.Text(field).ToString()));
        }

        Assert.False(records.Next());
    }

    private static IReadOnlyList<string> Notes(string file)
    {
        using InputFile input = InputFile.At(Repository.Golden("parquet", file + ".parquet"), new ReadOptions());
        return ParquetFile.Guess(input, new ReadOptions()).Notes;
    }
}
