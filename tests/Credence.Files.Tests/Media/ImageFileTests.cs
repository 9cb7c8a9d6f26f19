using Credence.Files.Media;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Media;

/// <summary>Pictures as Pillow writes them and reads them again: tools/golden/media.py.</summary>
public class ImageFileTests
{
    /// <remarks>A jpg's decoders round differently: by a step or two, and by more where colours are stored at half the width and height
    /// and each decoder interpolates them in its own way.</remarks>
    [Theory]
    [InlineData("grey.png", 0)]
    [InlineData("colour.png", 0)]
    [InlineData("palette.png", 0)]
    [InlineData("one-bit.png", 0)]
    [InlineData("optimised.png", 0)]
    [InlineData("sixteen.png", 0)]
    [InlineData("colour.bmp", 0)]
    [InlineData("grey.bmp", 0)]
    [InlineData("grey.jpg", 1)]
    [InlineData("colour.jpg", 2)]
    [InlineData("progressive.jpg", 2)]
    [InlineData("subsampled.jpg", 4)]
    public void EveryPixel_IsReadAsItWasWritten(string name, int tolerance)
    {
        (int height, int width, int channels, int[] expected) = KnownMedia.Picture(name);

        Assert.Equal((height, width, channels == 1), ImageFile.Size(KnownMedia.Bytes(name), name, maxPixels: 1 << 20));
        (byte[] pixels, int h, int w) = ImageFile.Decode(KnownMedia.Bytes(name), name, channels, maxPixels: 1 << 20);

        Assert.Equal((height, width), (h, w));
        Assert.InRange(KnownMedia.Distance(expected, pixels), 0, tolerance);
    }
}
