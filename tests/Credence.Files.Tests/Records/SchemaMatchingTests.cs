using System.Text;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Records;

public sealed class SchemaMatchingTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void KeptColumns_AreCarriedThrough_AsTheyAreWritten()
    {
        using IRowSource trained = scratch.Source("t.csv", "x,kind\n1,a\n2,b\n", new ReadOptions { Label = "kind" });
        var reading = new ReadOptions { Layout = trained.Layout, Keep = ["id", "x"] };

        using IRowSource source = scratch.Source("new.csv", "id,x\n007,1.50\n,2\n", reading, trained.Schema);
        DataChunk rows = source.ReadAll();

        Assert.Equal([1.5, 2], rows.Numbers("x"));
        Assert.Equal(["id", "x"], rows.Kept.Select(column => column.Name));
        Assert.Equal(["007", ""], rows.Kept[0].Cells);
        Assert.Equal(["1.50", "2"], rows.Kept[1].Cells);
        Assert.DoesNotContain(source.Notes, note => note.Contains("not used", StringComparison.Ordinal));
        Assert.Contains("no such column", scratch.Refusal<ArgumentException>("new.csv", "x\n1\n", reading, trained.Schema),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "low,3,more\nhigh,2,less\nlow,3,less\n", "high,2,less\nlow,3,more\n", "2,less\n3,more\n")]
    [InlineData("2", "3,low,more\n2,high,less\n3,low,less\n", "2,high,less\n3,low,more\n", "2,less\n3,more\n")]
    [InlineData("-1", "3,more,low\n2,less,high\n3,less,low\n", "2,less,high\n3,more,low\n", "2,less\n3,more\n")]
    public void AModelOfDataWithoutHeader_ReadsFilesWithoutHeader_WithAndWithoutTheLabel(
        string label, string training, string with, string without)
    {
        using IRowSource trained = scratch.Source("t.csv", training, new ReadOptions { Label = label, HasHeader = false });
        var reading = new ReadOptions { Layout = trained.Layout };
        string[] names = [.. trained.Schema.Select(column => column.Name)];

        // The first row is no header, although nothing in it is like the rows below.
        foreach (string text in new[] { with, without })
        {
            DataChunk rows = scratch.Rows("new.csv", text, reading, trained.Schema);
            Assert.Equal([2.0, 3], rows.Numbers(names[0]));
            Assert.Equal(["less", "more"], rows.Categories(names[1]));
        }

        DataChunk labelled = scratch.Rows("new.csv", with, reading with { Label = trained.LabelName }, trained.Schema);
        Assert.Equal(["high", "low"], labelled.LabelNames());
        Assert.Null(scratch.Rows("new.csv", without, reading with { Label = trained.LabelName }, trained.Schema).Labels);
        Assert.Contains("had no header and 3 columns", scratch.Refusal<InvalidDataException>("new.csv", "1\n2\n", reading, trained.Schema),
            StringComparison.Ordinal);
    }

    [Fact]
    public void MarkersOfMissingCells_AddToThoseOfTheTrainingData_OrContradictThem()
    {
        const string text = "x,c,y\n1,NA,a\n-9,u,b\n3,NA,a\n";
        using IRowSource usual = scratch.Source("t.csv", text, new ReadOptions { Label = "y", Missing = ["-9"] });
        using IRowSource onlyEmpty = scratch.Source("t.csv", text, new ReadOptions { Label = "y", Missing = [""] });
        const string rows = "x,c\n-9.0,NA\n7,none\n";

        DataChunk added = scratch.Rows("new.csv", rows, new() { Layout = usual.Layout, Missing = ["none"] }, usual.Schema);
        Assert.Equal([double.NaN, 7], added.Numbers("x"));
        Assert.Equal([null, null], added.Categories("c"));
        DataChunk kept = scratch.Rows("new.csv", rows, new() { Layout = onlyEmpty.Layout, Missing = ["7"] }, onlyEmpty.Schema);
        Assert.Equal([-9, double.NaN], kept.Numbers("x"));
        Assert.Equal(["NA", "none"], kept.Categories("c"));

        Assert.Contains("were missing in the model's training data", scratch.Refusal<ArgumentException>(
            "new.csv", rows, new() { Layout = usual.Layout, Missing = [""] }, usual.Schema), StringComparison.Ordinal);
        Assert.Contains("'NA', which was a value in the model's training data", scratch.Refusal<ArgumentException>(
            "new.csv", rows, new() { Layout = onlyEmpty.Layout, Missing = ["NA"] }, onlyEmpty.Schema), StringComparison.Ordinal);
    }

    [Fact]
    public void AColumnLeftOutBeforeTheLabel_ShiftsNothing()
    {
        using IRowSource trained = scratch.Source(
            "t.csv", "z,1,a,5\nz,2,b,6\nz,3,a,7\n", new ReadOptions { Label = "3", Drop = ["1"], HasHeader = false });

        DataChunk rows = scratch.Rows("new.csv", "z,4,8\nz,5,9\n", new ReadOptions { Layout = trained.Layout }, trained.Schema);

        Assert.Equal([4.0, 5], rows.Numbers("column 2"));
        Assert.Equal([8.0, 9], rows.Numbers("column 4"));
    }

    [Theory]
    [InlineData("new.csv", "tx,slott\n18.9,in\n")]
    [InlineData("new.csv", "temp,slott\n18.9,in\n19,out\n")]
    [InlineData("new.jsonl", "{\"tmep\": 18.9, \"slot\": \"in\"}\n")]
    [InlineData("new.jsonl", "{\"other\": 18.9}\n")]
    public void MisspeltNames_AreRefused_FromFileAndStreamAlike(string name, string text)
    {
        ColumnSchema[] known = [new("temp", ColumnKind.Number), new("slot", ColumnKind.Category)];
        var layout = new DataLayout { IsNamed = true, Columns = [.. known.Select(column => new ColumnReading(column.Name, "feature"))] };
        var reading = new ReadOptions { Layout = layout };

        string file = scratch.Refusal<InvalidDataException>(name, text, reading, known);
        string stream = Assert.Throws<InvalidDataException>(() => Piped(text, reading, known)).Message;

        Assert.Contains("which the model needs", file, StringComparison.Ordinal);
        Assert.Equal(file.Replace(name, "", StringComparison.Ordinal), stream.Replace("standard input", "", StringComparison.Ordinal));
    }

    [Fact]
    public void ASoleColumnOfAnotherName_IsNotTheModelsText()
    {
        ColumnSchema[] known = [new("review", ColumnKind.Text)];

        Assert.Contains("lacks column 'review'", scratch.Refusal<InvalidDataException>("a.csv", "reviev\ngood film\n", null, known),
            StringComparison.Ordinal);
        Assert.Contains("lacks column 'review'", scratch.Refusal<InvalidDataException>("a.csv", "comment\ngood film\n", null, known),
            StringComparison.Ordinal);
        Assert.Equal(["good film", "bad film"], scratch.Rows("a.txt", "good film\nbad film\n", null, known).Texts("review"));
    }

    [Fact]
    public void FileAndStream_GiveTheSameRows()
    {
        ColumnSchema[] known = [new("a", ColumnKind.Number), new("b", ColumnKind.Text)];
        string text = "a,b\n1,\"one \"\"quoted\"\" text\"\n2,\"2\" disks\n";

        DataChunk file = scratch.Rows("a.csv", text, null, known), stream = Piped(text, new ReadOptions(), known);

        Assert.Equal(file.Texts("b"), stream.Texts("b"));
        Assert.Equal(file.Numbers("a"), stream.Numbers("a"));
    }

    private static DataChunk Piped(string text, ReadOptions reading, IReadOnlyList<ColumnSchema> known)
    {
        using IRowSource source = DataFiles.Open(["-"], reading, known, new MemoryStream(Encoding.UTF8.GetBytes(text)));
        return source.ReadAll();
    }
}
