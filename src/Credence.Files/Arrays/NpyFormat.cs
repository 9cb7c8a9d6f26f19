using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Credence.Files.Inputs;

namespace Credence.Files.Arrays;

/// <summary>NumPy's format of one array, versions 1 to 3 (NumPy enhancement proposal 1): a header that names type, order and shape, then
/// the elements.</summary>
internal static partial class NpyFormat
{
    private const int MaxHeader = 10_000;

    /// <summary>The format's magic bytes.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array.</summary>
    /// <param name="stream">At the magic.</param>
    /// <param name="name">The array's name.</param>
    /// <param name="place">File and array for messages.</param>
    /// <param name="maxBytes">The most bytes its elements may take.</param>
    /// <param name="isWidened">Whether floats are kept as doubles.</param>
    /// <exception cref="InvalidDataException">It is not such an array, or is too large.</exception>
    public static ArrayValues Read(Stream stream, string name, string place, long maxBytes, bool isWidened = false)
    {
        string header = Header(stream, place);
        Match type = DescrPattern().Match(header), order = OrderPattern().Match(header), lengths = ShapePattern().Match(header);
        if (!type.Success || !order.Success || !lengths.Success)
        {
            throw new InvalidDataException(header.Contains("'descr': [", StringComparison.Ordinal)
                ? $"{place} is an array of records; an array of numbers is needed."
                : $"{place} has a header that is not NumPy's: {NameDisplay.Shortened(header)}");
        }

        string descr = type.Groups["descr"].Value;
        Match parts = TypePattern().Match(descr);
        if (!parts.Success)
        {
            throw new InvalidDataException(descr.EndsWith('O')
                ? $"{place} holds Python objects, which only Python can read and which may run code. Save numbers instead."
                : $"{place} holds elements of type '{NameDisplay.Shortened(descr)}'; u1 to u8, i1 to i8, f2, f4, f8, b1 and texts can be "
                    + "read.");
        }

        int[] shape = Shape(lengths.Groups["shape"].Value, place);
        char kind = parts.Groups["kind"].Value[0];
        int size = int.Parse(parts.Groups["size"].ValueSpan, CultureInfo.InvariantCulture);
        isWidened &= kind == 'f' && size == sizeof(float);
        long count = ElementReader.Count(shape, kind, size, isWidened, place, maxBytes);
        bool isBigEndian = parts.Groups["order"].Value == ">";
        Array values = kind is 'U' or 'S'
            ? ElementReader.Texts(stream, kind == 'U', size, (int)count, isBigEndian, place)
            : isWidened ? ElementReader.Widened(stream, (int)count, isBigEndian, place)
            : ElementReader.Read(stream, kind, size, (int)count, isBigEndian, place);
        bool isColumnMajor = order.Groups["fortran"].Value == "True" && shape.Length > 1 && count > 0;
        return new ArrayValues(name, shape, isColumnMajor ? ArrayValues.Transposed(values, shape) : values);
    }

    /// <summary>Writes the header of a row-major little-endian array, as version 1.</summary>
    public static void WriteHeader(Stream stream, string type, params ReadOnlySpan<int> shape)
    {
        string lengths = shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape.ToArray());
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({lengths}), }}";
        header = header.PadRight((((10 + header.Length + 1 + 63) / 64) * 64) - 11) + "\n";
        stream.Write(Magic);
        stream.Write([1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
    }

    private static string Header(Stream stream, string place)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8 || !start[..6].SequenceEqual(Magic) || start[6] is < 1 or > 3)
            throw new InvalidDataException($"{place} is not a NumPy array of format 1, 2 or 3.");

        Span<byte> lengthBytes = stackalloc byte[start[6] == 1 ? 2 : 4];
        if (stream.ReadAtLeast(lengthBytes, lengthBytes.Length, throwOnEndOfStream: false) < lengthBytes.Length)
            throw new InvalidDataException($"{place} ends within its header.");

        uint length = lengthBytes.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > MaxHeader)
            throw new InvalidDataException($"{place} has a header of {length:N0} bytes, above the limit of {MaxHeader:N0}.");

        var header = new byte[length];
        return stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
            ? Encoding.UTF8.GetString(header)
            : throw new InvalidDataException($"{place} ends within its header.");
    }

    private static int[] Shape(string text, string place)
    {
        string[] parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts.Length > 8 || !int.TryParse(parts[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
                throw new InvalidDataException($"{place} has the shape ({NameDisplay.Shortened(text)}), which is invalid or too large.");
        }

        return shape;
    }

    [GeneratedRegex(@"'descr'\s*:\s*'(?<descr>[^']*)'")]
    private static partial Regex DescrPattern();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(?<fortran>True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape'\s*:\s*\((?<shape>[^)]*)\)")]
    private static partial Regex ShapePattern();

    [GeneratedRegex(@"^(?<order>[<>=|]?)(?<kind>[buifUS])(?<size>\d{1,5})$")]
    private static partial Regex TypePattern();
}
