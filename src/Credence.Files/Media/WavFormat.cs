using System.Buffers.Binary;

namespace Credence.Files.Media;

/// <summary>Reads WAVE audio in RIFF or, where it is long, RF64 (EBU Tech 3306): integers of 8, 16, 24 or 32 bits, floats of 32 or 64,
/// µ-law and A-law, with or without the extensible header, mixed to one channel.</summary>
internal static class WavFormat
{
    private const int MaxChannels = 64;
    private const int MaxRate = 768_000;
    private const int MaxFormat = 40;
    private const int BlockSamples = 1 << 12;
    private const int ALaw = 6, MuLaw = 7;

    /// <summary>Whether bytes are the start of such a file.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && (head.StartsWith("RIFF"u8) || IsLong(head)) && head[8..].StartsWith("WAVE"u8);

    /// <summary>The samples, −1 to 1, and their rate in Hz. The file is read a block at a time.</summary>
    /// <param name="file">The file, which can seek, at its beginning.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="maxSamples">The most samples of one channel.</param>
    /// <exception cref="InvalidDataException">It is not such a sound, or is longer.</exception>
    public static (float[] Samples, int Rate) Read(Stream file, string name, int maxSamples)
    {
        long length = FindData(file, name, out Layout layout);
        long count = length / (layout.SampleBytes * layout.Channels);
        return count <= maxSamples
            ? (Samples(file, (int)count, layout, name), layout.Rate)
            : throw new InvalidDataException($"{name} has {count:N0} samples ({count / layout.Rate:N0} s), above the limit of "
                + $"{maxSamples:N0}. Cut the sound into shorter ones, or store fewer samples per second.");
    }

    /// <summary>The sample rate in Hz, from the header alone.</summary>
    /// <exception cref="InvalidDataException">It is not such a sound.</exception>
    public static int RateOf(Stream file, string name)
    {
        FindData(file, name, out Layout layout);
        return layout.Rate;
    }

    private static bool IsLong(ReadOnlySpan<byte> head) => head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8);

    /// <summary>Moves to the samples; the number of their bytes.</summary>
    private static long FindData(Stream file, string name, out Layout layout)
    {
        Span<byte> head = stackalloc byte[12], chunk = stackalloc byte[8], format = stackalloc byte[MaxFormat],
            sizes = stackalloc byte[16];
        int read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (!IsMagic(head[..read]))
            throw new InvalidDataException($"{name} is not a WAV file: it must begin with RIFF and WAVE.");

        // A whole file knows its own length, so that no sound data in it are none, and not a length that was never written.
        bool isWhole = Math.Abs(BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) + 8 - file.Length) <= 1;
        long? longLength = null;
        int formatLength = 0;
        while (file.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) == chunk.Length)
        {
            ReadOnlySpan<byte> id = chunk[..4];
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]), rest = file.Length - file.Position;

            // Programs that stream write a length of zero or of all ones and never update it.
            bool isData = id.SequenceEqual("data"u8);
            if (isData && length == uint.MaxValue && longLength is { } known)
                length = known;

            if (length > rest || (isData && length == 0 && !isWhole))
                length = rest;

            if (isData)
            {
                layout = LayoutOf(format[..formatLength], name);
                return length >= layout.SampleBytes * layout.Channels ? length
                    : throw new InvalidDataException($"{name} has no samples, so nothing can be said of it. Remove it.");
            }

            long next = file.Position + length + (length & 1);
            if (id.SequenceEqual("ds64"u8) && length >= 16)
            {
                file.ReadExactly(sizes);
                longLength = (long)Math.Min(long.MaxValue, BinaryPrimitives.ReadUInt64LittleEndian(sizes[8..]));
            }

            if (id.SequenceEqual("fmt "u8))
                formatLength = file.ReadAtLeast(format[..(int)Math.Min(length, MaxFormat)], (int)Math.Min(length, MaxFormat));

            file.Position = Math.Min(next, file.Length);
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

        if ((tag, bits) is not ((1, 8 or 16 or 24 or 32) or (3, 32 or 64) or (ALaw or MuLaw, 8)))
            throw new InvalidDataException(
                $"{name} has sound of format {tag} with {bits} bits; PCM of 8, 16, 24 or 32 bits, floats of 32 "
                + "or 64, µ-law and A-law of 8 can be read. Save it as PCM.");

        return new Layout(tag, channels, (int)rate, bits / 8);
    }

    private static float[] Samples(Stream file, int count, Layout layout, string name)
    {
        (int tag, int channels, int size) = (layout.Tag, layout.Channels, layout.SampleBytes);
        var samples = new float[count];
        var block = new byte[BlockSamples * channels * size];
        for (int i = 0; i < samples.Length; i++)
        {
            int inBlock = i % BlockSamples;
            if (inBlock == 0)
                file.ReadExactly(block, 0, Math.Min(BlockSamples, count - i) * channels * size);

            double sum = 0;
            for (int c = 0; c < channels; c++)
                sum += Sample(block.AsSpan(((inBlock * channels) + c) * size, size), tag);

            samples[i] = (float)(sum / channels);
            if (!float.IsFinite(samples[i]))
                throw new InvalidDataException($"{name}, sample {i}: {samples[i]} is not finite.");
        }

        return samples;
    }

    private static double Sample(ReadOnlySpan<byte> bytes, int tag) => (tag, bytes.Length) switch
    {
        (ALaw, _) => Companding.ALaw(bytes[0]) / 32768.0,
        (MuLaw, _) => Companding.MuLaw(bytes[0]) / 32768.0,
        (1, 1) => (bytes[0] - 128) / 128.0,
        (1, 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768.0,
        (1, 3) => ((bytes[0] << 8) | (bytes[1] << 16) | (bytes[2] << 24)) / 2147483648.0,
        (1, _) => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648.0,
        (_, 4) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };

    private readonly record struct Layout(int Tag, int Channels, int Rate, int SampleBytes);
}
