using Credence.Files.Inputs;
using StbImageSharp;

namespace Credence.Files.Media;

/// <summary>Reads png, jpg, bmp, webp, gif and tiff images, the right way up.</summary>
internal static class ImageFile
{
    /// <summary>The longest side that is read.</summary>
    private const int MaxSide = ushort.MaxValue;

    /// <summary>The longest side that pictures keep where a model is trained on them: longer ones are resized.</summary>
    public const int LongestRead = 64;

    /// <summary>Whether bytes are the start of such an image.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> head) =>
        PngHeader.IsMagic(head) || head is [0xFF, 0xD8, 0xFF, ..]
            || OtherPictures.IsMagic(head)
            || (head is [(byte)'B', (byte)'M', ..] && head.Length > 26 && head[6..10].IndexOfAnyExcept((byte)0) < 0);

    /// <summary>The size of an image, and whether it is greyscale, without decoding it.</summary>
    /// <exception cref="InvalidDataException">It is not an image, or larger than the limit.</exception>
    public static (int Height, int Width, bool IsGrey) Size(byte[] file, string name, int maxPixels) => Guarded(name, () =>
    {
        using var stream = new MemoryStream(file);
        if (PngHeader.IsMagic(file))
        {
            PngHeader png = PngHeader.Read(file, name);
            return Within(png.Height, png.Width, png.IsGrey, file, name, maxPixels);
        }

        if (OtherPictures.IsMagic(file))
        {
            return OtherPictures.Size(file) is { } other ? Within(other.Height, other.Width, isGrey: false, file, name, maxPixels)
                : throw new InvalidDataException($"{name} is damaged: its size can't be read.");
        }

        if (JpgCheck.IsMagic(file))
        {
            JpgCheck.Segments(file, name, maxPixels);
            JpgCheck.End(file, name);
        }

        if (!IsMagic(file) || ImageInfo.FromStream(stream) is not { Width: > 0, Height: > 0 } info)
            throw new InvalidDataException($"{name} is not a png, jpg, bmp, webp, gif or tiff image.");

        (int, int, bool) size =
            Within(info.Height, info.Width, info.ColorComponents is ColorComponents.Grey or ColorComponents.GreyAlpha, file, name,
                maxPixels);
        if (!JpgCheck.IsMagic(file))
            BmpCheck.Rows(file, name, info.Width, info.Height);

        return size;
    });

    /// <summary>The pixels, [height, width, channels], 0 to 255.</summary>
    /// <exception cref="InvalidDataException">It is not an image, or larger than the limit.</exception>
    public static (byte[] Pixels, int Height, int Width) Decode(byte[] file, string name, int channels, int maxPixels)
    {
        _ = Size(file, name, maxPixels);
        return Guarded(name, () =>
        {
            (byte[] stored, int height, int width) = Stored(file, name, channels);
            return ExifOrientation.Apply(stored, height, width, channels, ExifOrientation.Of(file));
        });
    }

    /// <summary>The pixels as they lie in the file.</summary>
    private static (byte[] Pixels, int Height, int Width) Stored(byte[] file, string name, int channels)
    {
        if (PngHeader.IsMagic(file))
        {
            PngHeader png = PngHeader.Read(file, name);
            return (PngFile.Decode(file, name, channels), png.Height, png.Width);
        }

        if (OtherPictures.IsMagic(file))
            return OtherPictures.Decode(file, channels);

        ImageResult image =
            ImageResult.FromMemory(JpgCheck.Ended(file), channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue);
        return image.Data is { } pixels && pixels.LongLength == (long)image.Width * image.Height * channels
            ? (pixels, image.Height, image.Width)
            : throw new InvalidDataException($"{name} is damaged.");
    }

    /// <summary>The size once it is the right way up, where it is within the limits.</summary>
    private static (int Height, int Width, bool IsGrey) Within(
        int height, int width, bool isGrey, byte[] file, string name, int maxPixels) =>
        (long)width * height <= maxPixels && Math.Max(width, height) <= MaxSide
            ? ExifOrientation.Turns(ExifOrientation.Of(file)) ? (width, height, isGrey) : (height, width, isGrey)
            : throw new InvalidDataException($"{name} has {width:N0} × {height:N0} pixels, above the limit of {maxPixels:N0} in all or "
                + $"{MaxSide:N0} on a side. Save a smaller picture; {LongestRead} pixels on the longer side are enough.");

    /// <summary>Decodes, and reports every failure as damage.</summary>
    private static T Guarded<T>(string name, Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception error) when (error is not (OutOfMemoryException or InvalidDataException))
        {
            throw new InvalidDataException(
                $"{name} is an image that is damaged or of an unsupported kind ({NameDisplay.Shortened(error.Message)}).", error);
        }
    }
}
