using System.Globalization;
using Credence.Onnx.Format;
using Google.Protobuf;
using Type = Credence.Onnx.Format.TensorProto.Types.DataType;

namespace Credence.Onnx.Reading;

/// <summary>Checks that a tensor's content is as long as its shape says, before anyone allocates by the shape; external content is read
/// into the tensor.</summary>
internal static class TensorCheck
{
    private const long MostBytes = int.MaxValue;

    /// <summary>Checks a tensor.</summary>
    /// <param name="tensor">The tensor; afterwards its content is in it.</param>
    /// <param name="folder">The folder of the model's file; null where external content is refused.</param>
    /// <param name="place">Its place in messages.</param>
    /// <exception cref="InvalidDataException">Shape and content differ, or external content is not in the folder.</exception>
    public static void Check(TensorProto tensor, string? folder, string place)
    {
        long values = 1;
        foreach (long length in tensor.Dims)
        {
            if (length < 0 || (length > 0 && values > MostBytes / length))
                throw new InvalidDataException($"{place} has the shape [{string.Join(", ", tensor.Dims)}]; at most 2 GB can be read.");

            values *= length;
        }

        var type = (Type)tensor.DataType;
        if (type == Type.Undefined || !Enum.IsDefined(type))
            throw new InvalidDataException($"{place} is of type {tensor.DataType}, which ONNX does not have.");

        if (tensor.Segment is not null)
            throw new InvalidDataException($"{place} is a segment of a tensor, which no ONNX model needs.");

        if (tensor.DataLocation == TensorProto.Types.DataLocation.External || tensor.ExternalData.Count > 0)
            ReadExternal(tensor, folder, place, Bytes(type, values));

        CheckLength(tensor, type, values, place);
    }

    /// <summary>The bytes of so many values as raw content.</summary>
    private static long Bytes(Type type, long values) => type switch
    {
        Type.Uint4 or Type.Int4 or Type.Float4E2M1 => (values + 1) / 2,
        Type.Bool or Type.Int8 or Type.Uint8 or Type.Float8E4M3Fn or Type.Float8E4M3Fnuz or Type.Float8E5M2 or Type.Float8E5M2Fnuz
            or Type.Float8E8M0 => values,
        Type.Float16 or Type.Bfloat16 or Type.Int16 or Type.Uint16 => 2 * values,
        Type.Float or Type.Int32 or Type.Uint32 => 4 * values,
        Type.Complex128 => 16 * values,
        Type.Double or Type.Int64 or Type.Uint64 or Type.Complex64 => 8 * values,
        _ => -1,
    };

    private static void CheckLength(TensorProto tensor, Type type, long values, string place)
    {
        string shape = $"[{string.Join(", ", tensor.Dims)}]";
        if (tensor.HasRawData)
        {
            long needed = Bytes(type, values);
            if (needed >= 0 && tensor.RawData.Length != needed)
                throw new InvalidDataException($"{place} has {tensor.RawData.Length:N0} bytes; its shape {shape} needs {needed:N0}.");

            return;
        }

        long found = type switch
        {
            Type.Float => tensor.FloatData.Count,
            Type.Complex64 => tensor.FloatData.Count / 2,
            Type.Double => tensor.DoubleData.Count,
            Type.Complex128 => tensor.DoubleData.Count / 2,
            Type.Int64 => tensor.Int64Data.Count,
            Type.Uint32 or Type.Uint64 => tensor.Uint64Data.Count,
            Type.String => tensor.StringData.Count,
            _ => tensor.Int32Data.Count,
        };
        bool packed = Bytes(type, 2) == 1;
        if (packed ? found * 2 < values : found != values)
            throw new InvalidDataException($"{place} has {found:N0} values; its shape {shape} needs {values:N0}.");
    }

    private static void ReadExternal(TensorProto tensor, string? folder, string place, long needed)
    {
        Dictionary<string, string> entries = [];
        foreach (StringStringEntryProto entry in tensor.ExternalData)
            entries[entry.Key] = entry.Value;

        string location = entries.GetValueOrDefault("location") ?? "";
        string path = Inside(folder, location, place);
        var file = new FileInfo(path);
        if (!file.Exists || file.LinkTarget is not null || (file.Attributes & FileAttributes.Directory) != 0)
            throw new InvalidDataException($"{place} lies in '{location}', which is not an ordinary file beside the model.");

        long offset = Number(entries, "offset", 0, place), length = Number(entries, "length", file.Length - offset, place);
        if (needed < 0 || length != needed || length > MostBytes || offset > file.Length - length)
            throw new InvalidDataException(
                $"{place} lies at {offset:N0} of '{location}', {length:N0} bytes long; its shape needs {needed:N0}, "
                + $"and the file has {file.Length:N0}.");

        using FileStream stream = file.OpenRead();
        stream.Position = offset;
        var content = new byte[length];
        stream.ReadExactly(content);
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(content);
        tensor.ExternalData.Clear();
        tensor.ClearDataLocation();
    }

    /// <summary>The path of a file in the folder or below it; no link may lie on the way.</summary>
    private static string Inside(string? folder, string location, string place)
    {
        string[] parts = location.Split('/', '\\');
        bool isPlain = location.Length > 0 && !Path.IsPathRooted(location) && !location.Contains('\0')
            && !Array.Exists(parts, part => part is "" or "." or ".." || part.Contains(':'));
        if (folder is null || !isPlain)
            throw new InvalidDataException(
                $"{place} lies in '{location}', outside the model's folder. Save the model with its tensors inside the file.");

        string path = folder;
        foreach (string part in parts)
        {
            path = Path.Combine(path, part);
            if (new DirectoryInfo(path).LinkTarget is not null)
                throw new InvalidDataException($"{place} lies in '{location}', and '{part}' is a link; it may lead anywhere.");
        }

        return path;
    }

    private static long Number(Dictionary<string, string> entries, string name, long otherwise, string place) =>
        !entries.TryGetValue(name, out string? text) ? otherwise
            : long.TryParse(text, CultureInfo.InvariantCulture, out long value) && value >= 0 ? value
            : throw new InvalidDataException($"{place} has the external {name} '{text}'; it must be a number of at least 0.");
}
