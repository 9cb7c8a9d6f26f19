using System.Buffers.Binary;

namespace Credence.Files.Media;

/// <summary>Checks that a bmp holds as many bytes as its size needs, before its decoder makes the pixels.</summary>
internal static class BmpCheck
{
    private const int Header = 14, OldInfo = 12;

    /// <exception cref="InvalidDataException">It is truncated.</exception>
    public static void Rows(ReadOnlySpan<byte> file, string name, int width, int height)
    {
        int info = file.Length < Header + 16 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(file[Header..]);
        int bits = info == 0 ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(file[(info == OldInfo ? Header + 10 : Header + 14)..]);
        if (bits == 0 || (((long)width * bits) + 7) / 8 * height > file.Length)
            throw new InvalidDataException(
                $"{name} is damaged: {file.Length:N0} bytes are too few for a bmp of {width:N0} × {height:N0} pixels. Was it copied whole?");
    }
}
