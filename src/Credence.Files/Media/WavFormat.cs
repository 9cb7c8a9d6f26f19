using System.Buffers.Binary;

namespace Credence.Files.Media;

/// <summary>Reads RIFF WAVE audio: integers of 8, 16, 24 or 32 bits, floats of 32 or 64, with or without the extensible header,
/// mixed to one channel.</summary>
internal static class WavFormat
{
    private const int MaxChannels = 64;
    private const int MaxRate = 768_000;

    /// <summary>Whether bytes are the start of such a file.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> head) => head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WAVE"u8);

    /// <summary>The samples, −1 to 1, and their rate in Hz.</summary>
    /// <exception cref="InvalidDataException">It is not such a sound.</exception>
    public static (float[] Samples, int Rate) Read(ReadOnlySpan<byte> file, string name)
    {
        ReadOnlySpan<byte> data = Data(file, name, out Layout layout);
        return (Samples(data, layout, name), layout.Rate);
    }

    /// <summary>The sample rate in Hz, from the header alone.</summary>
    /// <exception cref="InvalidDataException">It is not such a sound.</exception>
    public static int RateOf(ReadOnlySpan<byte> file, string name)
    {
        Data(file, name, out Layout layout);
        return layout.Rate;
    }

    private static ReadOnlySpan<byte> Data(ReadOnlySpan<byte> file, string name, out Layout layout)
    {
        if (!IsMagic(file))
            throw new InvalidDataException($"{name} is not a WAV file: it must begin with RIFF and WAVE.");

        ReadOnlySpan<byte> rest = file[12..], format = [];
        while (rest.Length >= 8)
        {
            ReadOnlySpan<byte> id = rest[..4];
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            rest = rest[8..];

            // Programs that stream write a length of zero or of all ones and never update it.
            bool isData = id.SequenceEqual("data"u8);
            ReadOnlySpan<byte> chunk = length > rest.Length || (isData && length == 0) ? rest : rest[..(int)length];
            if (id.SequenceEqual("fmt "u8))
                format = chunk;
            if (isData)
            {
                layout = LayoutOf(format, name);
                return chunk;
            }

            rest = rest[Math.Min(rest.Length, chunk.Length + (chunk.Length & 1))..];
        }

        throw new InvalidDataException($"{name} has no sound data.");
    }

    private static Layout LayoutOf(ReadOnlySpan<byte> format, string name)
    {
        if (format.Length < 16)
            throw new InvalidDataException($"{name} has sound data before its format header.");

        int tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (tag == 0xFFFE && format.Length >= 26)
            tag = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);

        if (channels is 0 or > MaxChannels || rate is 0 or > MaxRate)
            throw new InvalidDataException(
                $"{name} has {channels} channels and {rate} samples per second; 1 to {MaxChannels} and 1 to {MaxRate} can be read.");

        if ((tag, bits) is not ((1, 8 or 16 or 24 or 32) or (3, 32 or 64)))
            throw new InvalidDataException(
                $"{name} has sound of format {tag} with {bits} bits; PCM of 8, 16, 24 or 32 and floats of 32 or 64 bits can be read.");

        return new Layout(tag, channels, (int)rate, bits / 8);
    }

    private static float[] Samples(ReadOnlySpan<byte> data, Layout layout, string name)
    {
        (int tag, int channels, int size) = (layout.Tag, layout.Channels, layout.SampleBytes);
        var samples = new float[data.Length / (size * channels)];
        for (int i = 0; i < samples.Length; i++)
        {
            double sum = 0;
            for (int c = 0; c < channels; c++)
                sum += Sample(data.Slice(((i * channels) + c) * size, size), tag);

            samples[i] = (float)(sum / channels);
            if (!float.IsFinite(samples[i]))
                throw new InvalidDataException($"{name}, sample {i}: {samples[i]} is not finite.");
        }

        return samples;
    }

    private static double Sample(ReadOnlySpan<byte> bytes, int tag) => (tag, bytes.Length) switch
    {
        (1, 1) => (bytes[0] - 128) / 128.0,
        (1, 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768.0,
        (1, 3) => ((bytes[0] << 8) | (bytes[1] << 16) | (bytes[2] << 24)) / 2147483648.0,
        (1, _) => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648.0,
        (_, 4) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };

    private readonly record struct Layout(int Tag, int Channels, int Rate, int SampleBytes);
}
