using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Tiff.Constants;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;

namespace Credence.Fuzz.Seeds;

/// <summary>Pictures of the formats that ImageSharp reads.</summary>
public static class PictureBytes
{
    private const int Height = 6, Width = 9;

    /// <summary>Webp with and without loss.</summary>
    public static IReadOnlyList<byte[]> Webp { get; } =
    [
        Saved((image, stream) => image.Save(stream, new WebpEncoder { FileFormat = WebpFileFormatType.Lossless })),
        Saved((image, stream) => image.Save(stream, new WebpEncoder { FileFormat = WebpFileFormatType.Lossy })),
    ];

    /// <summary>Gif.</summary>
    public static IReadOnlyList<byte[]> Gif { get; } = [Saved((image, stream) => image.Save(stream, new GifEncoder()))];

    /// <summary>Tiff in each of the ways to pack it.</summary>
    public static IReadOnlyList<byte[]> Tiff { get; } =
    [
        Tiffed(TiffCompression.None, TiffPhotometricInterpretation.Rgb), Tiffed(TiffCompression.Lzw, TiffPhotometricInterpretation.Rgb),
        Tiffed(TiffCompression.Deflate, TiffPhotometricInterpretation.PaletteColor),
        Tiffed(TiffCompression.PackBits, TiffPhotometricInterpretation.Rgb),
        Tiffed(TiffCompression.Ccitt1D, TiffPhotometricInterpretation.BlackIsZero),
        Tiffed(TiffCompression.CcittGroup3Fax, TiffPhotometricInterpretation.WhiteIsZero),
    ];

    private static byte[] Tiffed(TiffCompression packing, TiffPhotometricInterpretation colours) => Saved((image, stream) => image.Save(
        stream, new TiffEncoder { Compression = packing, PhotometricInterpretation = colours }));

    private static byte[] Saved(Action<Image<Rgba32>, Stream> save)
    {
        using var image = new Image<Rgba32>(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
                image[x, y] = new Rgba32((byte)(x * 28), (byte)(y * 40), (byte)(x ^ y), (byte)(x == 3 ? 90 : 255));
        }

        using var stream = new MemoryStream();
        save(image, stream);
        return stream.ToArray();
    }
}
