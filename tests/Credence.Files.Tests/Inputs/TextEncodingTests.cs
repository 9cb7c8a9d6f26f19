using Credence.Files.Inputs;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Inputs;

/// <summary>Text in the encodings that Python writes: tools/golden/tables.py.</summary>
public class TextEncodingTests
{
    [Theory]
    [InlineData("comma.csv")]
    [InlineData("utf8-mark.csv")]
    [InlineData("utf16-mark.csv")]
    [InlineData("utf16-little.csv")]
    [InlineData("utf16-big.csv")]
    [InlineData("utf32-mark.csv")]
    [InlineData("latin1.csv")]
    public void TheEncodingIsFound(string file) => KnownRows.Check(file, new ReadOptions { Label = "label" });

    [Theory]
    [InlineData("comma.csv", "utf-8")]
    [InlineData("utf16-little.csv", "utf-16")]
    [InlineData("utf16-big.csv", "utf-16be")]
    [InlineData("latin1.csv", "latin1")]
    public void TheEncodingIsTakenAsSaid(string file, string encoding) =>
        KnownRows.Check(file, new ReadOptions { Label = "label", Encoding = encoding });

    [Fact]
    public void BytesThatAreNotOfTheEncodingSaid_AreRefused()
    {
        var options = new ReadOptions { Encoding = "utf-8" };
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Golden.Read("tables/latin1.csv", options));

        Assert.Contains("latin1.csv has bytes that are invalid in its encoding", error.Message, StringComparison.Ordinal);
    }
}
