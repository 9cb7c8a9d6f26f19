using System.Buffers.Binary;
using Credence.Numerics;

namespace Credence.Fuzz.Structures;

/// <summary>Changes a Parquet file's description, with its length mended, or bytes of its pages and their headers in place, so that all
/// offsets stay true.</summary>
internal static class ParquetMutation
{
    public static byte[] Mutate(byte[] file, Func<byte[], byte[]> change, Rng chance)
    {
        int length = file.Length < 12 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(file.Length - 8));
        int footer = file.Length - 8 - length;
        if (length < 1 || footer < 4)
            return change(file);

        if (chance.NextInt(2) == 0)
        {
            byte[] changed = [.. file];
            for (int i = chance.NextInt(6); i >= 0; i--)
                changed[4 + chance.NextInt(footer - 4 + 1)] = (byte)(chance.NextInt(3) == 0 ? chance.NextInt(4) : chance.NextInt(256));

            return changed;
        }

        byte[] description = change(file[footer..^8]);
        var end = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(end, description.Length);
        return [.. file[..footer], .. description, .. end, .. "PAR1"u8];
    }
}
