using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Arrays;
using Credence.Files.Inputs;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Arrays;

/// <summary>Arrays in MNIST's format as Python's struct packs them: tools/golden/arrays.py.</summary>
public class IdxFormatTests
{
    [Theory]
    [InlineData("u1")]
    [InlineData("i1")]
    [InlineData("i2")]
    [InlineData("i4")]
    [InlineData("f4")]
    [InlineData("f8")]
    public void EveryElement_IsReadAsItWasWritten(string kind)
    {
        using InputFile file = InputFile.At(Repository.Golden("arrays", $"{kind}.idx"), new ReadOptions());

        KnownArrays.Check($"{kind}.idx", IdxFormat.Read(file, long.MaxValue));
    }

    [Fact]
    public void BytesOfRowsHeightAndWidth_ArePictures_WithLabelsFromAnotherFile()
    {
        var options = new ReadOptions { LabelsFile = Repository.Golden("arrays", "labels-idx1-ubyte") };
        DataChunk rows = Golden.Read("arrays/pictures-idx3-ubyte.gz", options);

        ImageColumn pictures = Assert.IsType<ImageColumn>(Assert.Single(rows.Features.Columns));
        Assert.Equal((2, 3, 4, 1), (pictures.Count, pictures.Height, pictures.Width, pictures.Channels));
        byte[] pixels = [.. KnownArrays.Numbers("pictures").Select(value => (byte)value)];
        Assert.Equal(pixels[..12], pictures.Row(0).ToArray());
        Assert.Equal(pixels[12..], pictures.Row(1).ToArray());
        Assert.Equal(["7", "3"], rows.LabelNames());
    }
}
