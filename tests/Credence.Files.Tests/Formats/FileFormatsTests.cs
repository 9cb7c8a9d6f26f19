using Credence.Files.Formats;
using Credence.Files.Inputs;
using Credence.Files.Media;
using Credence.Files.Scores;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Formats;

public sealed class FileFormatsTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("a.csv", "x,y\n1,2\n", "text")]
    [InlineData("a.parquet", "x,y\n1,2\n", "text")]
    [InlineData("a.csv", "", "text")]
    [InlineData("a.txt", " \n{\"x\": 1}\n", "JSON lines")]
    [InlineData("a.txt", "{ \"x\": 1}\n", "JSON lines")]
    [InlineData("a.txt", "\uFEFF{\"x\": 1}\n", "JSON lines")]
    [InlineData("a.JSONL", "x", "JSON lines")]
    [InlineData("a.ndjson.gz", "x", "JSON lines")]
    [InlineData("a.txt", " [ {\"x\": 1}]", "JSON lines")]
    [InlineData("a.txt", "[1]", "text")]
    [InlineData("a.json", "PAR1 and more", "Parquet")]
    [InlineData("a.csv", "PK\u0003\u0004", "npz")]
    [InlineData("a.csv", "PK\u0005\u0006", "npz")]
    [InlineData("a.csv", "\0\0\u0008\u0001", "idx")]
    [InlineData("a.csv", "RIFF....WAVE", "a sound")]
    public void Of_TellsAFileByItsBeginning_AndJsonByItsName(string name, string content, string format) =>
        Assert.Equal(format, FileFormats.Detect(InputFile.At(scratch.Write(name, content), new ReadOptions())).Spoken);

    [Fact]
    public void Of_TellsAPicture() => Assert.Equal(
        "a picture", FileFormats.Detect(InputFile.At(scratch.Write("a", [0x89, .. "PNG\r\n"u8]), new ReadOptions())).Spoken);

    [Theory]
    [InlineData("a/b.JPEG", MediaKind.Image)]
    [InlineData("b.png", MediaKind.Image)]
    [InlineData("b.wav", MediaKind.Audio)]
    [InlineData("b.txt", MediaKind.Text)]
    public void OfRow_TellsFilesInAFolderByTheirExtension(string path, object kind) =>
        Assert.Equal((MediaKind)kind, FileFormats.OfRow(path));

    [Theory]
    [InlineData("b.csv")]
    [InlineData("png")]
    public void OfRow_OfAnother_IsNull(string path) => Assert.Null(FileFormats.OfRow(path));

    [Fact]
    public void Refusals_SayWhichFormatsThereAre()
    {
        string extensions = string.Join(", ", FileFormats.All.SelectMany(format => format.Extensions));
        Assert.Equal("a is empty.", scratch.Refusal<InvalidDataException>("a", ""));
        Assert.Equal(
            "a.json is one JSON list of other values than objects; a list of objects is needed, or one object per line, such as "
                + "{\"text\": \"…\", \"label\": \"…\"}.",
            scratch.Refusal<InvalidDataException>("a.json", "[1]"));
        Assert.Equal(
            $"a holds zero bytes, so it is not text, and no supported format matches its start ({extensions}).",
            scratch.Refusal<InvalidDataException>("a", "some text here\0and there, and more of it\n"));
        scratch.Write("folder/a.csv", "x");
        Assert.Contains(
            "holds no png, jpg, bmp, webp, gif, tiff, wav or txt files, only",
            Assert.Throws<InvalidDataException>(() => DataFiles.Open([scratch.PathOf("folder")], new ReadOptions())).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            "one.csv is text, and another is JSON lines; files read together must be of one format.",
            scratch.Plain(Assert.Throws<InvalidDataException>(
                () => DataFiles.Open([scratch.Write("one.csv", "x\n1\n"), scratch.Write("two.jsonl", "{}")], new ReadOptions()))));
        Assert.StartsWith(
            "s.idx is idx; scores are read from csv",
            scratch.Plain(Assert.Throws<InvalidDataException>(() =>
                SavedScores.Read(scratch.Write("s.idx", "\0\0\u0008\u0001"), new ReadOptions()))),
            StringComparison.Ordinal);
    }
}
