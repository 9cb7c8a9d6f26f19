using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Credence.Persistence;

/// <summary>The container of a model file: safetensors (8 bytes of header length, a JSON header, the tensors' bytes), with the
/// model's description and a SHA-256 in the header's <c>__metadata__</c>. The hash covers every byte of the file except its own
/// 64 hexadecimal digits. The same content gives the same bytes.</summary>
/// <remarks>Format: https://github.com/huggingface/safetensors, "Format". Any safetensors reader opens the file.</remarks>
internal static class Safetensors
{
    /// <summary>The largest accepted header: 100 MB, the format's limit.</summary>
    private const int MaxHeader = 100_000_000;

    /// <summary>The largest accepted depth of the description.</summary>
    private const int MaxDescriptionDepth = 64;

    private const int MaxDepth = 8;
    private const int PrefixSize = 8;
    private const string HashKey = "sha256";
    private const string DescriptionKey = "credence";
    private static readonly string NoHash = new('0', 64);

    /// <summary>The file's bytes.</summary>
    /// <param name="description">The model's description, JSON.</param>
    /// <param name="tensors">The arrays, written in this order.</param>
    /// <exception cref="InvalidDataException">The description is larger than can be read again.</exception>
    public static byte[] Write(string description, NamedTensors tensors)
    {
        JsonLimits.CheckDescription(description, MaxDescriptionDepth);
        byte[] header = Header(description, tensors);
        long size = PrefixSize + header.Length + tensors.All.Sum(tensor => (long)tensor.Bytes.Length);
        var file = new byte[checked((int)size)];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, PrefixSize);
        int at = PrefixSize + header.Length;
        foreach (NamedTensor tensor in tensors.All)
        {
            tensor.Bytes.Span.CopyTo(file.AsSpan(at));
            at += tensor.Bytes.Length;
        }

        int hashAt = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(NoHash));
        Encoding.ASCII.GetBytes(Hash(file, hashAt), file.AsSpan(hashAt));
        return file;
    }

    /// <summary>Checks and parses a file's bytes.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a model file, or they were changed.</exception>
    public static (string Description, NamedTensors Tensors) Read(byte[] file)
    {
        if (file.Length < PrefixSize)
            throw new InvalidDataException($"The file has {file.Length} bytes, too few for a model.");

        if (file.Length > PrefixSize && file[PrefixSize] != (byte)'{')
            throw new InvalidDataException("This is not a model file: it does not begin with a safetensors header.");

        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(file);
        if (headerLength is < 2 or > MaxHeader || headerLength > file.Length - PrefixSize)
        {
            throw new InvalidDataException(
                $"The file is cut short: it announces a header of {headerLength} bytes in a file of {file.Length}.");
        }

        ReadOnlyMemory<byte> header = file.AsMemory(PrefixSize, (int)headerLength);
        JsonDocument json;
        try
        {
            JsonLimits.CheckValues(header.Span, MaxDepth);
            json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"This is not a model file: its header is not valid JSON ({error.Message})", error);
        }

        using (json)
        {
            try
            {
                return Read(json.RootElement, file, (int)headerLength);
            }
            catch (InvalidOperationException error)
            {
                // A JSON string that is not valid Unicode is detected only when it is read.
                throw new InvalidDataException($"The file's header is not valid Unicode text: {error.Message}", error);
            }
        }
    }

    private static (string Description, NamedTensors Tensors) Read(JsonElement root, byte[] file, int headerLength)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("__metadata__", out JsonElement metadata) || metadata.ValueKind != JsonValueKind.Object
            || !metadata.TryGetProperty(DescriptionKey, out JsonElement description) || description.ValueKind != JsonValueKind.String
            || !metadata.TryGetProperty(HashKey, out JsonElement hash) || hash.ValueKind != JsonValueKind.String)
        {
            throw new InvalidDataException(
                "This is a safetensors file but not a Credence model: its metadata has no 'credence' and 'sha256'.");
        }

        string claimed = hash.GetString()!;
        int hashAt = file.AsSpan(PrefixSize, headerLength).IndexOf(Encoding.UTF8.GetBytes($"\"{HashKey}\":\"{claimed}\""));
        if (claimed.Length != NoHash.Length || hashAt < 0)
            throw new InvalidDataException("The model file's SHA-256 is not in its expected form; the file is damaged.");

        string actual = Hash(file, PrefixSize + hashAt + HashKey.Length + 4);
        if (actual != claimed)
        {
            throw new InvalidDataException(
                $"The model file is damaged or was changed: its SHA-256 is {actual[..12]}…, not {claimed[..12]}…. Copy the file again.");
        }

        return (description.GetString()!, Tensors(root, file, PrefixSize + headerLength));
    }

    private static NamedTensors Tensors(JsonElement root, byte[] file, int dataAt)
    {
        var tensors = new NamedTensors();
        long expectedStart = 0, dataLength = file.Length - dataAt;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.NameEquals("__metadata__"))
                continue;

            string name = property.Name;
            JsonElement entry = property.Value;
            if (entry.ValueKind != JsonValueKind.Object
                || !entry.TryGetProperty("dtype", out JsonElement type) || type.ValueKind != JsonValueKind.String
                || !entry.TryGetProperty("shape", out JsonElement shape) || !Lengths(shape, out long[] dimensions)
                || !entry.TryGetProperty("data_offsets", out JsonElement offsets) || !Lengths(offsets, out long[] range)
                    || range.Length != 2)
            {
                throw new InvalidDataException($"The header's entry for tensor '{name}' needs 'dtype', 'shape' and two 'data_offsets'.");
            }

            if (range[0] != expectedStart || range[1] < range[0] || range[1] > dataLength)
            {
                throw new InvalidDataException(
                    $"Tensor '{name}' claims bytes {range[0]} to {range[1]}; it must begin at {expectedStart} and end by {dataLength}.");
            }

            try
            {
                tensors.Add(new NamedTensor(
                    name, type.GetString()!, dimensions, file.AsMemory(dataAt + (int)range[0], (int)(range[1] - range[0]))));
            }
            catch (Exception error) when (error is ArgumentException or OverflowException)
            {
                throw new InvalidDataException($"The header's entry for tensor '{name}' is wrong: {error.Message}", error);
            }

            expectedStart = range[1];
        }

        return expectedStart == dataLength
            ? tensors
            : throw new InvalidDataException($"The file has {dataLength - expectedStart} bytes that belong to no tensor.");
    }

    private static bool Lengths(JsonElement element, out long[] values)
    {
        values = [];
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > 8)
            return false;

        values = new long[element.GetArrayLength()];
        int at = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out long value) || value < 0)
                return false;

            values[at++] = value;
        }

        return true;
    }

    private static byte[] Header(string description, NamedTensors tensors)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString(HashKey, NoHash);
            json.WriteString(DescriptionKey, description);
            json.WriteEndObject();
            long at = 0;
            foreach (NamedTensor tensor in tensors.All)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type);
                json.WriteStartArray("shape");
                foreach (long length in tensor.Shape)
                    json.WriteNumberValue(length);

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(at += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Readers map the tensors in place, so they begin on a multiple of eight; the format allows spaces after the JSON.
        while (bytes.Length % 8 != 0)
            bytes.WriteByte((byte)' ');

        return bytes.ToArray();
    }

    private static string Hash(ReadOnlySpan<byte> file, int hashAt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file[..hashAt]);
        hash.AppendData(file[(hashAt + NoHash.Length)..]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
