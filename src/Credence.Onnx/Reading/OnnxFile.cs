using Credence.Onnx.Format;
using Google.Protobuf;

namespace Credence.Onnx.Reading;

/// <summary>Reads an ONNX model in managed code, and refuses one that is damaged or hostile.</summary>
internal static class OnnxFile
{
    private const int MostDepth = 100;

    /// <summary>Reads and checks a file; tensors that lie in files beside it are read into the model.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no ONNX model, is damaged, or holds what is not read: the message says
    /// what.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ModelProto Read(string path)
    {
        long length = new FileInfo(path).Length;
        if (length > int.MaxValue)
            throw new InvalidDataException($"'{path}' has {length:N0} bytes; an ONNX file has at most 2 GB.");

        return Read(File.ReadAllBytes(path), path, Path.GetDirectoryName(Path.GetFullPath(path)));
    }

    /// <summary>Reads and checks the bytes of a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="folder">Its folder; null refuses external tensors.</param>
    /// <exception cref="InvalidDataException">As for <see cref="Read(string)"/>.</exception>
    public static ModelProto Read(byte[] bytes, string name, string? folder = null)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            var input = CodedInputStream.CreateWithLimits(stream, int.MaxValue, MostDepth);
            ModelProto model = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(input);
            ModelCheck.Check(model, folder);
            return model;
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidDataException($"'{name}' is no ONNX model, or is damaged: {error.Message}", error);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{name}' can't be used as an ONNX model. {error.Message}", error);
        }
    }

    /// <summary>Whether a path is named as an ONNX file.</summary>
    public static bool IsNamed(string path) => Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase);
}
