using System.Buffers.Binary;
using System.Text;
using Credence.Numerics;

namespace Credence.Fuzz;

/// <summary>Changes bytes by chance, in the ways that files are damaged or forged.</summary>
internal sealed class Mutator(Rng chance, string[] words)
{
    /// <summary>The longest input.</summary>
    public const int MaxLength = 1 << 26;

    private const int LongOnceIn = 4000;
    private static readonly long[] Lengths =
        [0, 1, 2, 3, 7, 8, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 1 << 20, 1 << 24, 1 << 30, int.MaxValue, 1L << 31, uint.MaxValue,
            1L << 40, long.MaxValue, -1, -2, int.MinValue, long.MinValue];

    private readonly byte[][] tokens = [.. words.Select(Encoding.UTF8.GetBytes)];

    /// <summary>A changed copy of one seed, perhaps with a part of another.</summary>
    public byte[] Mutate(byte[] seed, byte[] other)
    {
        var bytes = new List<byte>(seed);
        int changes = 1 << chance.NextInt(4);
        for (int i = 0; i < changes; i++)
            Change(bytes, other);

        return chance.NextInt(LongOnceIn) == 0 ? Lengthened([.. bytes]) : [.. bytes];
    }

    /// <summary>A part repeated until the input has some megabytes, at most 64.</summary>
    private byte[] Lengthened(byte[] bytes)
    {
        int at = chance.NextInt(bytes.Length + 1), length = Math.Min(1 + chance.NextInt(256), bytes.Length - at);
        if (length == 0)
            return bytes;

        var longer = new byte[Math.Max(bytes.Length, 1 << (20 + chance.NextInt(7)))];
        bytes.AsSpan(0, at).CopyTo(longer);
        int rest = bytes.Length - at - length;
        for (int i = at; i < longer.Length - rest; i++)
            longer[i] = bytes[at + ((i - at) % length)];

        bytes.AsSpan(bytes.Length - rest).CopyTo(longer.AsSpan(longer.Length - rest));
        return longer;
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        int at = chance.NextInt(bytes.Count + 1);
        int length = Math.Min(1 + chance.NextInt(1 + chance.NextInt(64)), bytes.Count - at);
        switch (chance.NextInt(10))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << chance.NextInt(8));
                break;
            case 1 when length > 0:
                bytes[at] = (byte)chance.NextInt(256);
                break;
            case 2 when length > 0:
                bytes.RemoveRange(at, length);
                break;
            case 3 when length > 0:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                for (int i = chance.NextInt(8); i >= 0; i--)
                    bytes.Insert(at, (byte)chance.NextInt(256));
                break;
            case 5:
                Overwrite(bytes, at, WholeNumber());
                break;
            case 6 when tokens.Length > 0:
                byte[] token = tokens[chance.NextInt(tokens.Length)];
                if (chance.NextInt(2) == 0)
                    bytes.InsertRange(at, token);
                else
                    Overwrite(bytes, at, token);
                break;
            case 7 when bytes.Count > 0 && chance.NextInt(4) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 8 when other.Length > 0:
                int from = chance.NextInt(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + 1 + chance.NextInt(128))]);
                break;
            default:
                OtherDigits(bytes, at);
                break;
        }
    }

    private byte[] WholeNumber()
    {
        long value = Lengths[chance.NextInt(Lengths.Length)] + chance.NextInt(3) - 1;
        var bytes = new byte[8];
        bool isBig = chance.NextInt(2) == 0;
        int size = 1 << chance.NextInt(4);
        if (isBig)
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);

        return isBig ? bytes[^size..] : bytes[..size];
    }

    /// <summary>Another number in the place of the next one that is written in digits.</summary>
    private void OtherDigits(List<byte> bytes, int at)
    {
        int first = bytes.FindIndex(at, value => value is >= (byte)'0' and <= (byte)'9');
        if (first < 0)
            return;

        int count = 1;
        while (first + count < bytes.Count && bytes[first + count] is >= (byte)'0' and <= (byte)'9')
            count++;

        bytes.RemoveRange(first, count);
        bytes.InsertRange(first, Encoding.ASCII.GetBytes($"{Lengths[chance.NextInt(Lengths.Length)]}"));
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] with)
    {
        for (int i = 0; i < with.Length && at + i < bytes.Count; i++)
            bytes[at + i] = with[i];
    }
}
