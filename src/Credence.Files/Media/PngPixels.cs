namespace Credence.Files.Media;

/// <summary>Makes grey or coloured pixels of 8 bits from the samples of a png's row.</summary>
/// <param name="header">The png's header.</param>
/// <param name="palette">Red, green and blue of each index; beyond its end is black.</param>
/// <param name="channels">1 for grey, 3 for colour.</param>
internal sealed class PngPixels(PngHeader header, byte[] palette, int channels)
{
    /// <summary>Writes a row.</summary>
    /// <param name="row">The samples.</param>
    /// <param name="count">The number of pixels.</param>
    /// <param name="pixels">All pixels, [height, width, channels].</param>
    /// <param name="first">The position of the row's first pixel.</param>
    /// <param name="step">The step to the next.</param>
    public void Write(ReadOnlySpan<byte> row, int count, byte[] pixels, long first, int step)
    {
        for (int i = 0; i < count; i++)
        {
            Span<byte> pixel = pixels.AsSpan(checked((int)((first + ((long)i * step)) * channels)), channels);
            int at = i * header.Samples;
            switch (header.Colour)
            {
                case 0 or 4:
                    pixel.Fill((byte)(header.Depth < 8 ? Bits(row, i) * (255 / ((1 << header.Depth) - 1)) : Sample(row, at) >> Extra));
                    break;
                case 3:
                    int entry = 3 * (header.Depth < 8 ? Bits(row, i) : row[i]);
                    if (entry + 3 <= palette.Length)
                        Write(pixel, palette[entry], palette[entry + 1], palette[entry + 2], 0);
                    else
                        pixel.Clear();
                    break;
                default:
                    Write(pixel, Sample(row, at), Sample(row, at + 1), Sample(row, at + 2), Extra);
                    break;
            }
        }
    }

    private int Extra => header.Depth == 16 ? 8 : 0;

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

    private int Sample(ReadOnlySpan<byte> row, int at) => header.Depth == 16 ? (row[2 * at] << 8) | row[(2 * at) + 1] : row[at];

    private int Bits(ReadOnlySpan<byte> row, int at)
    {
        int bit = at * header.Depth;
        return (row[bit >> 3] >> (8 - header.Depth - (bit & 7))) & ((1 << header.Depth) - 1);
    }
}
