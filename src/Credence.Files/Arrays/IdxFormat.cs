using System.Buffers.Binary;
using Credence.Files.Inputs;

namespace Credence.Files.Arrays;

/// <summary>The idx format of the MNIST data set: two zero bytes, type, number of dimensions, their lengths, the elements,
/// big-endian.</summary>
internal static class IdxFormat
{
    /// <summary>Whether bytes are the start of such a file.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> head) =>
        head is [0, 0, 0x08 or 0x09 or 0x0B or 0x0C or 0x0D or 0x0E, >= 1 and <= 4, ..];

    /// <summary>Reads the file's one array, called <c>values</c>.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Read"/>.</exception>
    public static IReadOnlyList<ArrayValues> ReadAll(InputFile file, ReadOptions options) =>
        [Read(file, RowMemory.OfArrays(options)) with { Name = "values" }];

    /// <summary>Reads the array, to the end of the file.</summary>
    /// <exception cref="InvalidDataException">It is not such an array, too large, or too short or long for its lengths.</exception>
    public static ArrayValues Read(InputFile file, long maxBytes)
    {
        using Stream stream = file.Open();
        Span<byte> start = stackalloc byte[4];
        if (stream.ReadAtLeast(start, 4, throwOnEndOfStream: false) < 4 || !IsMagic(start))
            throw new InvalidDataException(
                $"{file.Name} is not an idx file: it must begin with 0, 0, a type (8, 9, 11 to 14) and 1 to 4 dimensions.");

        var shape = new int[start[3]];
        Span<byte> length = stackalloc byte[4];
        for (int d = 0; d < shape.Length; d++)
        {
            if (stream.ReadAtLeast(length, 4, throwOnEndOfStream: false) < 4)
                throw new InvalidDataException($"{file.Name} ends within its header.");

            shape[d] = BinaryPrimitives.ReadInt32BigEndian(length);
            if (shape[d] < 0)
                throw new InvalidDataException(
                    $"{file.Name} has a dimension of {(uint)shape[d]:N0}, above the limit of {int.MaxValue:N0}.");
        }

        (char kind, int size) = start[2] switch
        {
            0x08 => ('u', 1),
            0x09 => ('i', 1),
            0x0B => ('i', 2),
            0x0C => ('i', 4),
            0x0D => ('f', 4),
            _ => ('f', 8),
        };
        long count = ElementReader.Count(shape, kind, size, isWidened: false, file.Name, maxBytes);
        Array values = ElementReader.Read(stream, kind, size, (int)count, isBigEndian: true, file.Name);
        return stream.ReadByte() < 0
            ? new ArrayValues(Path.GetFileNameWithoutExtension(file.Name), shape, values)
            : throw new InvalidDataException(
                $"{file.Name} continues after the {count:N0} values of its shape [{string.Join(", ", shape)}].");
    }
}
