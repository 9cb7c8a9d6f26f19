using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Sources;

/// <summary>Folders with files that can't be read.</summary>
public class ReadableMediaTests
{
    [Fact]
    public void BadFiles_AreLeftOut_AndNamed_WhereThatIsAllowed()
    {
        using Scratch scratch = Folder(out string folder);

        using IRowSource source = DataFiles.Open([folder], new ReadOptions { SkipBad = 2 });
        DataChunk rows = source.ReadAll();

        Assert.Equal(["a", "b", "b"], rows.LabelNames());
        Assert.Equal([Under("a", "1.png"), Under("b", "1.png"), Under("b", "3.png")],
            Enumerable.Range(0, 3).Select(row => rows.Places!.FileOf(row)));
        string note = Assert.Single(source.Notes, note => note.Contains("left out", StringComparison.Ordinal));
        Assert.StartsWith("2 of 5 files can't be read and are left out: ", note, StringComparison.Ordinal);
        Assert.Contains(Under("a", "2.jpg"), note, StringComparison.Ordinal);
        Assert.Contains(Under("b", "2.png"), note, StringComparison.Ordinal);
    }

    [Fact]
    public void OneMoreThanAllowed_StopsTheReading()
    {
        using Scratch scratch = Folder(out string folder);

        var error = Assert.Throws<InvalidDataException>(() => DataFiles.Open([folder], new ReadOptions { SkipBad = 1 }));
        Assert.EndsWith("That is the second that can't be read, and 1 may be left out (ReadOptions.SkipBad).", error.Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => DataFiles.Open([folder], new ReadOptions()).ReadAll());
    }

    [Fact]
    public void LabelsInAFile_StayWithTheirPictures()
    {
        using Scratch scratch = Folder(out string folder);
        string labels = scratch.Write("labels.txt", "one\ntwo\nthree\nfour\nfive\n");

        using IRowSource source = DataFiles.Open([folder], new ReadOptions { SkipBad = 2, LabelsFile = labels });

        Assert.Equal(["one", "three", "five"], source.ReadAll().LabelNames());
    }

    [Fact]
    public void RowsOfATable_AreNotFilesToLeaveOut()
    {
        using var scratch = new Scratch();
        Assert.Contains("leaves out files of a folder",
            scratch.Refusal<ArgumentException>("d.csv", "x,y\n1,2\n", new ReadOptions { SkipBad = 1 }), StringComparison.Ordinal);
    }

    private static string Under(string folder, string file) => Path.Combine(folder, file);

    private static Scratch Folder(out string folder)
    {
        var scratch = new Scratch();
        byte[] good = KnownMedia.Bytes("colour.png"), jpg = KnownMedia.Bytes("colour.jpg");
        foreach ((string name, byte[] bytes) in new[]
        {
            ("a/1.png", good), ("a/2.jpg", jpg[..(jpg.Length / 2)]), ("b/1.png", good), ("b/2.png", good[..^20]), ("b/3.png", good),
        })
            scratch.Write($"pictures/{name}", bytes);

        folder = scratch.PathOf("pictures");
        return scratch;
    }
}
