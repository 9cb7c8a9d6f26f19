using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Inputs;

/// <summary>Texts as programs of other systems leave them.</summary>
public sealed class StrayReturnsTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void AReturnWithinACell_BreaksNoRow(string end)
    {
        string text = string.Join(end, "text,n", "one,1", "tw\ro,2", "three\r,3", "four,4", "five,5", "");
        Assert.Equal(["one", "tw o", "three", "four", "five"],
            scratch.Rows("d.csv", text, new ReadOptions { Label = "n", Text = "text" }).Texts("text"));
    }

    [Fact]
    public void ReturnsThatEndTheLines_EndThem() =>
        Assert.Equal([1, 2, 3], scratch.Rows("d.csv", "n,y\r1,a\r2,b\r3,a\r", new ReadOptions { Label = "y" }).Numbers("n"));

    [Fact]
    public void LinesThatEndInEachWay_AreLines() => Assert.Equal([1, 2, 3, 4, 5, 6],
        scratch.Rows("d.csv", "n,y\r\n1,a\r2,b\n3,a\r\n4,b\r5,a\n6,b", new ReadOptions { Label = "y" }).Numbers("n"));

    [Fact]
    public void EveryBufferLength_GivesTheSame()
    {
        const string Text = "a\rb\r\nc\r\rd\n\r\r\ne\r";
        for (int length = 1; length < 20; length++)
        {
            using var reader = new StrayReturns(new StringReader(Text), ' ');
            var buffer = new char[length];
            var all = new System.Text.StringBuilder();
            int read;
            while ((read = reader.Read(buffer.AsSpan())) > 0)
                all.Append(buffer, 0, read);

            Assert.Equal("a b\r\nc  d\n \r\ne ", all.ToString());
        }
    }

    /// <summary>Bytes 0x80 to 0x9F are quotes, dashes and the euro, not control characters (Windows code page 1252).</summary>
    [Fact]
    public void BytesThatAreNoUtf8_AreWindows1252()
    {
        byte[] text = [.. "t,y\n"u8, 0x93, (byte)'a', 0x94, (byte)' ', 0x80, 0x96, 0xE9, .. ",1\nb,2\nc,1\n"u8];
        var options = new ReadOptions { Label = "y", Text = "t" };
        Assert.Equal("“a” €–é", scratch.Rows("d.csv", text, options).Texts("t")[0]);

        using IRowSource source = scratch.Source("d.csv", text, options);
        Assert.Contains(source.Notes, note => note.EndsWith(
            "is not valid UTF-8 and is read as Windows-1252 (ReadOptions.Encoding).", StringComparison.Ordinal));
    }

    [Fact]
    public void QuotesWithBackslashes_AreRead_AndSaid()
    {
        const string Text = "t,y\n\"he said \\\"no, never\\\" twice\",1\n\"plain\",2\n\"a, b\",1\n";
        var options = new ReadOptions { Label = "y", Text = "t" };
        Assert.Equal(["he said \"no, never\" twice", "plain", "a, b"], scratch.Rows("d.csv", Text, options).Texts("t"));

        using IRowSource source = scratch.Source("d.csv", Text, options);
        Assert.Contains(source.Notes, note => note.Contains("a quote within a quoted cell is written \\\"", StringComparison.Ordinal));
    }

    [Fact]
    public void APathThatEndsInABackslash_IsNoSuchQuote() =>
        Assert.Equal(["C:\\a\\", "b"], scratch.Rows("d.csv", "t,y\n\"C:\\a\\\",1\nb,2\n",
            new ReadOptions { Label = "y", Text = "t" }).Texts("t"));
}
