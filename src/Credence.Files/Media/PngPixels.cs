namespace Credence.Files.Media;

/// <summary>Makes grey or coloured pixels of 8 bits from the samples of a png's row, on white where they are transparent.</summary>
/// <param name="header">The png's header.</param>
/// <param name="palette">Red, green and blue of each index; beyond its end is black.</param>
/// <param name="transparency">What the chunk tRNS holds: the alpha of each index, or the one colour that is transparent.</param>
/// <param name="channels">1 for grey, 3 for colour.</param>
internal sealed class PngPixels(PngHeader header, byte[] palette, byte[] transparency, int channels)
{
    /// <summary>Writes a row.</summary>
    /// <param name="row">The samples.</param>
    /// <param name="count">The number of pixels.</param>
    /// <param name="pixels">All pixels, [height, width, channels].</param>
    /// <param name="first">The position of the row's first pixel.</param>
    /// <param name="step">The step to the next.</param>
    public void Write(ReadOnlySpan<byte> row, int count, byte[] pixels, long first, int step)
    {
        int opaque = header.Depth == 16 ? ushort.MaxValue : byte.MaxValue;
        for (int i = 0; i < count; i++)
        {
            Span<byte> pixel = pixels.AsSpan(checked((int)((first + ((long)i * step)) * channels)), channels);
            int at = i * header.Samples;
            switch (header.Colour)
            {
                case 0 or 4:
                    int bits = header.Depth < 8 ? Bits(row, i) : Sample(row, at);
                    int grey = header.Depth < 8 ? bits * (255 / ((1 << header.Depth) - 1)) : bits;
                    int over = header.Colour == 4 ? Sample(row, at + 1) : Key(bits, 0) ? 0 : opaque;
                    pixel.Fill((byte)(OnWhite(grey, over, opaque) >> Extra));
                    break;
                case 3:
                    int entry = header.Depth < 8 ? Bits(row, i) : row[i];
                    int alpha = entry < transparency.Length ? transparency[entry] : opaque;
                    if ((3 * entry) + 3 <= palette.Length)
                        Write(pixel, palette.AsSpan(3 * entry, 3), alpha);
                    else
                        pixel.Clear();
                    break;
                default:
                    (int red, int green, int blue) = (Sample(row, at), Sample(row, at + 1), Sample(row, at + 2));
                    bool isClear = header.Colour == 2 && Key(red, 0) && Key(green, 1) && Key(blue, 2);
                    int cover = header.Colour == 6 ? Sample(row, at + 3) : isClear ? 0 : opaque;
                    Write(pixel, OnWhite(red, cover, opaque), OnWhite(green, cover, opaque), OnWhite(blue, cover, opaque), Extra);
                    break;
            }
        }
    }

    /// <summary>A value that covers white in part.</summary>
    /// <param name="value">The value.</param>
    /// <param name="alpha">How far it covers.</param>
    /// <param name="opaque">The alpha that covers all, and the value of white.</param>
    public static int OnWhite(int value, int alpha, int opaque) =>
        alpha == opaque ? value : opaque - (int)((((long)(opaque - value) * alpha) + (opaque / 2)) / opaque);

    private int Extra => header.Depth == 16 ? 8 : 0;

    private void Write(Span<byte> pixel, ReadOnlySpan<byte> colour, int alpha) =>
        Write(pixel, OnWhite(colour[0], alpha, 255), OnWhite(colour[1], alpha, 255), OnWhite(colour[2], alpha, 255), 0);

    private void Write(Span<byte> pixel, int red, int green, int blue, int extra)
    {
        if (channels == 1)
        {
            // Luma in 256ths, as in the decoder of the other formats.
            pixel[0] = (byte)(((red * 77) + (green * 150) + (blue * 29)) >> 8 >> extra);
            return;
        }

        pixel[0] = (byte)(red >> extra);
        pixel[1] = (byte)(green >> extra);
        pixel[2] = (byte)(blue >> extra);
    }

    /// <summary>Whether a sample is that of the transparent colour.</summary>
    private bool Key(int sample, int channel) => header.Colour is 0 or 2 && transparency.Length >= (2 * channel) + 2
        && sample == ((transparency[2 * channel] << 8) | transparency[(2 * channel) + 1]);

    private int Sample(ReadOnlySpan<byte> row, int at) => header.Depth == 16 ? (row[2 * at] << 8) | row[(2 * at) + 1] : row[at];

    private int Bits(ReadOnlySpan<byte> row, int at)
    {
        int bit = at * header.Depth;
        return (row[bit >> 3] >> (8 - header.Depth - (bit & 7))) & ((1 << header.Depth) - 1);
    }
}
