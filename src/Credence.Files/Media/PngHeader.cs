using System.Buffers.Binary;

namespace Credence.Files.Media;

/// <summary>What a png says of itself before its pixels: the chunk IHDR (Portable Network Graphics, third edition, 11.2.1).</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Depth">Bits per sample.</param>
/// <param name="Colour">0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha.</param>
/// <param name="IsInterlaced">Whether the pixels come in Adam7's seven passes.</param>
internal readonly record struct PngHeader(int Width, int Height, int Depth, int Colour, bool IsInterlaced)
{
    private const int Length = 13;

    // First column and row, and the steps between columns and rows, of each pass (8.2).
    private static readonly PngPass[] Adam7 =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];

    /// <summary>Whether bytes are the start of a png.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> file) => file is [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    /// <summary>Samples per pixel.</summary>
    public int Samples => Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Whether there is no colour.</summary>
    public bool IsGrey => Colour is 0 or 4;

    /// <summary>The passes that hold pixels.</summary>
    public IEnumerable<PngPass> Passes
    {
        get
        {
            PngHeader header = this;
            return (IsInterlaced ? Adam7 : [new PngPass(0, 0, 1, 1)]).Where(pass => pass.Columns(header) > 0 && pass.Rows(header) > 0);
        }
    }

    /// <summary>The bytes of a row of some pixels, without its filter.</summary>
    public int RowBytes(int pixels) => (int)((((long)pixels * Samples * Depth) + 7) / 8);

    /// <summary>The bytes of all rows with their filters: what the packed data must hold.</summary>
    public long UnpackedBytes
    {
        get
        {
            PngHeader header = this;
            return Passes.Sum(pass => (1L + header.RowBytes(pass.Columns(header))) * pass.Rows(header));
        }
    }

    /// <summary>Reads it from the file's beginning.</summary>
    /// <exception cref="InvalidDataException">It is truncated, or of a kind that is not in the standard.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> file, string name)
    {
        ReadOnlySpan<byte> chunk = file.Length < 16 + Length || !file[12..16].SequenceEqual("IHDR"u8)
            ? throw new InvalidDataException($"{name} is a png without a header, so it is damaged or of an unsupported kind.")
            : file.Slice(16, Length);
        int width = BinaryPrimitives.ReadInt32BigEndian(chunk), height = BinaryPrimitives.ReadInt32BigEndian(chunk[4..]);
        int depth = chunk[8], colour = chunk[9];
        bool isKnown = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        return isKnown && width > 0 && height > 0 && chunk[10] == 0 && chunk[11] == 0 && chunk[12] <= 1
            ? new PngHeader(width, height, depth, colour, chunk[12] == 1)
            : throw new InvalidDataException($"{name} is a png of {width} × {height} pixels, colour type {colour} and {depth} bits, which is "
                + "damaged or unsupported.");
    }
}
