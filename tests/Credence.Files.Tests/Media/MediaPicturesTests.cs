using System.Text.Json;
using Credence.Files.Media;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Media;

/// <summary>Pictures as libvips writes them and reads them again, the right way up and on white: tools/golden/pictures.mjs.</summary>
public class MediaPicturesTests
{
    private static readonly JsonElement Known =
        JsonDocument.Parse(File.ReadAllText(Repository.Golden("pictures", "pictures.json"))).RootElement;

    /// <remarks>Lossy formats are decoded with other roundings, and libvips turns CMYK into colours as a press would (an inverted
    /// one is off by over 150).</remarks>
    [Theory]
    [InlineData("alpha.png", 1)]
    [InlineData("black.png", 1)]
    [InlineData("palette.png", 1)]
    [InlineData("sixteen.png", 1)]
    [InlineData("colour.jpg", 3)]
    [InlineData("cmyk.jpg", 60)]
    [InlineData("lossless.webp", 1)]
    [InlineData("lossy.webp", 4)]
    [InlineData("colour.gif", 0)]
    [InlineData("colour.tiff", 0)]
    [InlineData("lzw.tiff", 0)]
    [InlineData("deflate.tiff", 1)]
    [InlineData("grey.tiff", 1)]
    [InlineData("turned-2.jpg", 3)]
    [InlineData("turned-3.jpg", 3)]
    [InlineData("turned-4.jpg", 3)]
    [InlineData("turned-5.jpg", 3)]
    [InlineData("turned-6.jpg", 3)]
    [InlineData("turned-7.jpg", 3)]
    [InlineData("turned-8.jpg", 3)]
    [InlineData("turned-6.png", 0)]
    [InlineData("turned-6.tiff", 0)]
    [InlineData("turned-6.webp", 0)]
    [InlineData("../media/colour-alpha.png", 1)]
    [InlineData("../media/grey-alpha.png", 1)]
    public void EveryPixel_IsThatOfLibvips(string name, int tolerance)
    {
        JsonElement picture = Known.GetProperty(Path.GetFileName(name));
        int[] shape = [.. picture.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())];
        int[] expected = [.. picture.GetProperty("pixels").EnumerateArray().Select(pixel => pixel.GetInt32())];
        byte[] file = Bytes(name);

        (int height, int width, _) = ImageFile.Size(file, name, maxPixels: 1 << 20);
        (byte[] pixels, int h, int w) = ImageFile.Decode(file, name, shape[2], maxPixels: 1 << 20);

        Assert.Equal((shape[0], shape[1]), (height, width));
        Assert.Equal((height, width), (h, w));
        Assert.InRange(KnownMedia.Distance(expected, pixels), 0, tolerance);
    }

    [Theory]
    [InlineData("lossless.webp")]
    [InlineData("colour.gif")]
    [InlineData("lzw.tiff")]
    public void AboveTheLimit_IsRefusedBeforeItIsDecoded(string name)
    {
        var error = Assert.Throws<InvalidDataException>(() => ImageFile.Decode(Bytes(name), name, 3, maxPixels: 191));
        Assert.StartsWith($"{name} has 16 × 12 pixels, above the limit of 191", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A jpg that was copied in part is said, wherever it was cut: its decoder would fill the rest with grey.</summary>
    [Theory]
    [InlineData("colour.jpg")]
    [InlineData("turned-6.jpg")]
    [InlineData("../media/progressive.jpg")]
    public void ACutJpg_IsRefused(string name)
    {
        byte[] file = Bytes(name);
        for (int length = 4; length < file.Length; length += 3)
        {
            var error = Assert.Throws<InvalidDataException>(() => ImageFile.Decode(file[..length], "cut.jpg", 3, maxPixels: 1 << 20));
            Assert.StartsWith("cut.jpg is", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("lossless.webp")]
    [InlineData("colour.gif")]
    [InlineData("lzw.tiff")]
    public void ACutPicture_IsReadWholeOrRefusedInWords(string name)
    {
        byte[] file = Bytes(name);
        for (int length = 1; length < file.Length; length += 5)
        {
            try
            {
                ImageFile.Decode(file[..length], "cut", 3, maxPixels: 1 << 20);
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith("cut is", error.Message, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Bytes(string name) => File.ReadAllBytes(Repository.Golden(["pictures", .. name.Split('/')]));
}
