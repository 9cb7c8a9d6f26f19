using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Credence.Files.Inputs;
using Credence.Numerics;

namespace Credence.Files.Arrays;

/// <summary>Reads the elements of an array from a stream. Memory grows with the bytes read, so that a false length costs nothing.</summary>
internal static class ElementReader
{
    private const int Step = 1 << 20, Growth = 16, Block = 1 << 22;

    /// <summary>The number of elements of an array.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="kind">The kind of its elements.</param>
    /// <param name="size">Bytes per element.</param>
    /// <param name="isWidened">Whether floats are kept as doubles.</param>
    /// <param name="name">The array, for messages.</param>
    /// <param name="maxBytes">Its maximum size in bytes.</param>
    /// <exception cref="InvalidDataException">It has rows without values, or exceeds the memory limit.</exception>
    public static long Count(ReadOnlySpan<int> shape, char kind, int size, bool isWidened, string name, long maxBytes)
    {
        long count = 1, rows = 1;
        foreach (int length in shape)
            count = Math.Min(count * length, int.MaxValue + 1L);

        if (shape.Length > 0)
            rows = shape[0];

        if (count == 0 && rows > 0)
            throw new InvalidDataException($"{name} has the shape [{string.Join(", ", shape.ToArray())}]: its rows have no values.");

        return count <= Array.MaxLength && count * BytesInMemory(kind, isWidened ? sizeof(double) : size) <= maxBytes
            ? count
            : throw new InvalidDataException(
                $"{name} has the shape [{string.Join(", ", shape.ToArray())}], larger than the limit of {maxBytes:N0} bytes in memory. "
                + $"Save fewer rows or shorter numbers, or set {ReadOptionNames.MaxMemoryBytes} higher.");
    }

    /// <summary>Reads a number of elements of a kind: b, u, i, f with a size in bytes, as byte[], long[], float[] or double[].</summary>
    /// <exception cref="InvalidDataException">The stream ends early, or a value doesn't fit.</exception>
    public static Array Read(Stream stream, char kind, int size, int count, bool isBigEndian, string name) => (kind, size) switch
    {
        ('b' or 'u', 1) => Values<byte>(stream, count, false, name),
        ('i', 1) => Whole(Values<sbyte>(stream, count, false, name), value => value),
        ('i', 2) => Whole(Values<short>(stream, count, isBigEndian, name), value => value),
        ('i', 4) => Whole(Values<int>(stream, count, isBigEndian, name), value => value),
        ('i', 8) => Values<long>(stream, count, isBigEndian, name),
        ('u', 2) => Whole(Values<ushort>(stream, count, isBigEndian, name), value => value),
        ('u', 4) => Whole(Values<uint>(stream, count, isBigEndian, name), value => value),
        ('u', 8) => Whole(Values<ulong>(stream, count, isBigEndian, name), value => value <= long.MaxValue
            ? (long)value
            : throw new InvalidDataException($"{name} holds {value}, above the limit of {long.MaxValue}.")),
        ('f', 2) => Array.ConvertAll(Values<Half>(stream, count, isBigEndian, name), value => (float)value),
        ('f', 4) => Values<float>(stream, count, isBigEndian, name),
        ('f', 8) => Values<double>(stream, count, isBigEndian, name),
        _ => throw new InvalidDataException(
            $"{name} holds elements of type {kind}{size}; u1 to u8, i1 to i8, f2, f4, f8, b1 and texts can be read."),
    };

    /// <summary>Reads texts of a fixed number of characters, in UTF-32 or in bytes, filled up with zeros.</summary>
    /// <exception cref="InvalidDataException">The stream ends early, or a text is invalid.</exception>
    public static string[] Texts(Stream stream, bool isWide, int length, int count, bool isBigEndian, string name)
    {
        int size = checked(length * (isWide ? 4 : 1));
        if (size > 1 << 16)
            throw new InvalidDataException(
                $"{name} holds texts of {length} characters, above the limit of {(1 << 16) / (isWide ? 4 : 1)}.");

        Encoding encoding = isWide ? new UTF32Encoding(isBigEndian, false, throwOnInvalidCharacters: true) : Encoding.Latin1;
        var bytes = new byte[size];
        var texts = new List<string>();
        for (int i = 0; i < count; i++)
        {
            ReadExactly(stream, bytes, name);
            try
            {
                texts.Add(encoding.GetString(bytes).TrimEnd('\0'));
            }
            catch (DecoderFallbackException)
            {
                throw new InvalidDataException($"{name} element {i} is not valid text.");
            }
        }

        return [.. texts];
    }

    /// <summary>The memory of an element once it is read: whole numbers wider than a byte become <see cref="long"/>, a text is an
    /// object.</summary>
    private static long BytesInMemory(char kind, int size) => kind switch
    {
        'U' or 'S' => 32 + (2L * size),
        'f' => Math.Max(4, size),
        _ when kind != 'i' && size == 1 => 1,
        _ => sizeof(long),
    };

    private static T[] Values<T>(Stream stream, int count, bool isBigEndian, string name)
        where T : unmanaged
    {
        var values = new T[Math.Min(count, Step)];
        int read = 0;
        while (true)
        {
            ReadExactly(stream, MemoryMarshal.AsBytes(values.AsSpan(read)), name);
            read = values.Length;
            if (read == count)
                break;

            T[] larger = LargeArray.Uninitialized<T>((int)Math.Min(count, (long)read * Growth));
            values.CopyTo(larger, 0);
            values = larger;
        }

        if (isBigEndian)
            Reverse(values);

        return values;
    }

    /// <summary>Reads floats and keeps them as doubles, a block at a time: so that the floats of very many scores are never in memory
    /// together.</summary>
    /// <exception cref="InvalidDataException">The stream ends early.</exception>
    public static double[] Widened(Stream stream, int count, bool isBigEndian, string name)
    {
        var block = new float[Math.Min(count, Block)];
        double[] values = [];
        for (int read = 0; read < count;)
        {
            int size = Math.Min(block.Length, count - read);
            ReadExactly(stream, MemoryMarshal.AsBytes(block.AsSpan(0, size)), name);
            if (isBigEndian)
                Reverse(block);

            if (read + size > values.Length)
            {
                double[] larger = LargeArray.Uninitialized<double>((int)Math.Min(count, (long)(read + size) * Growth));
                values.AsSpan(0, read).CopyTo(larger);
                values = larger;
            }

            ArrayValues.Widen(block.AsMemory(0, size), values.AsMemory(read, size));
            read += size;
        }

        return values;
    }

    private static void Reverse<T>(T[] values)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        int size = bytes.Length / Math.Max(1, values.Length);
        switch (size)
        {
            case 2:
                Span<ushort> twos = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(twos, twos);
                break;
            case 4:
                Span<uint> fours = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            case 8:
                Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }

    private static long[] Whole<T>(T[] values, Converter<T, long> convert) => Array.ConvertAll(values, convert);

    private static void ReadExactly(Stream stream, Span<byte> bytes, string name)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException($"{name} ends before all its values.");
    }
}
