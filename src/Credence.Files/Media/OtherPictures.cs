using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace Credence.Files.Media;

/// <summary>Reads webp, and the first picture of gif and tiff, on white where they are transparent.</summary>
internal static class OtherPictures
{
    private const int MaxAllocation = 1024;

    // One thread and no pool that is kept: the caller has threads, and a folder is read once.
    private static readonly Configuration Decoders = new(new GifConfigurationModule(), new TiffConfigurationModule(),
        new WebpConfigurationModule())
    {
        MaxDegreeOfParallelism = 1,
        MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions
        {
            MaximumPoolSizeMegabytes = 64,
            AllocationLimitMegabytes = MaxAllocation,
        }),
    };

    /// <summary>Whether bytes are the start of such a picture.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> head) => IsWebp(head) || head.StartsWith("GIF8"u8)
        || head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8);

    /// <summary>The size that the file declares; null where it is no such picture.</summary>
    public static (int Height, int Width)? Size(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return Image.Identify(Decoders, stream) is { Width: > 0, Height: > 0 } info ? (info.Height, info.Width) : null;
    }

    /// <summary>The pixels, [height, width, channels], 0 to 255.</summary>
    public static (byte[] Pixels, int Height, int Width) Decode(byte[] file, int channels)
    {
        IImageDecoder decoder = IsWebp(file) ? new WebpDecoder()
            : file.AsSpan().StartsWith("GIF8"u8) ? new GifDecoder { DecodingMode = FrameDecodingMode.First }
            : new TiffDecoder { DecodingMode = FrameDecodingMode.First };
        using var stream = new MemoryStream(file);
        using Image<Rgba32> image = Image.Load<Rgba32>(Decoders, stream, decoder);
        var pixels = new byte[(long)image.Width * image.Height * channels];
        int to = 0;
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                foreach (Rgba32 pixel in rows.GetRowSpan(y))
                {
                    int red = PngPixels.OnWhite(pixel.R, pixel.A, 255), green = PngPixels.OnWhite(pixel.G, pixel.A, 255),
                        blue = PngPixels.OnWhite(pixel.B, pixel.A, 255);
                    if (channels == 1)
                    {
                        pixels[to++] = (byte)(((red * 77) + (green * 150) + (blue * 29)) >> 8);
                        continue;
                    }

                    pixels[to++] = (byte)red;
                    pixels[to++] = (byte)green;
                    pixels[to++] = (byte)blue;
                }
            }
        });
        return (pixels, image.Height, image.Width);
    }

    private static bool IsWebp(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8);
}
