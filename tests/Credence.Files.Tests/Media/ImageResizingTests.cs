using Credence.Files.Media;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Media;

/// <summary>Sizes changed as Pillow's bilinear filter changes them, which is the same triangle: tools/golden/media.py.</summary>
public class ImageResizingTests
{
    /// <remarks>Pillow rounds after each of its two passes, this code after both.</remarks>
    [Theory]
    [InlineData(4, 3)]
    [InlineData(11, 9)]
    [InlineData(3, 8)]
    public void EveryPixel_IsAsPillowMakesIt(int width, int height)
    {
        (int fromHeight, int fromWidth, int channels, int[] pixels) = KnownMedia.Picture("colour.png");

        byte[] resized = ImageResizing.Resize([.. pixels.Select(pixel => (byte)pixel)], (fromHeight, fromWidth), (height, width), channels);

        Assert.InRange(KnownMedia.Distance(KnownMedia.Picture($"resized {width}x{height}").Pixels, resized), 0, 1);
    }
}
