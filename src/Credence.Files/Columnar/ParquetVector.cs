using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using Credence.Files.Columnar.Encodings;
using Credence.Files.Inputs;

namespace Credence.Files.Columnar;

/// <summary>A column of a row group as it is stored: the values that are there, and for each place whether it has one and whether it
/// begins a row (Parquet's Encodings.md; Melnik and others, Dremel, 2010).</summary>
internal sealed class ParquetVector
{
    private const int Plain = 0, PlainDictionary = 2, Runs = 3, BitPacked = 4, Delta = 5, DeltaLength = 6, DeltaBytes = 7,
        RunsDictionary = 8, Split = 9;

    private readonly ParquetLeaf leaf;
    private readonly long codec;
    private ParquetValues? dictionary;
    private int places;
    private long prefixed;

    private ParquetVector(ParquetLeaf leaf, long codec, int values)
    {
        this.leaf = leaf;
        this.codec = codec;
        Values = new ParquetValues(leaf.Element, values);
        Definitions = leaf.MaxDefinition == 0 ? null : new byte[values];
        Repetitions = leaf.MaxRepetition == 0 ? null : new byte[values];
    }

    /// <summary>The values that are there.</summary>
    public ParquetValues Values { get; }

    /// <summary>The definition level of each place; null where every value is there.</summary>
    public byte[]? Definitions { get; }

    /// <summary>The repetition level of each place; null outside lists.</summary>
    public byte[]? Repetitions { get; }

    /// <summary>Reads pages that were checked.</summary>
    /// <exception cref="InvalidDataException">They are damaged, or written in a way that is not read.</exception>
    public static ParquetVector Read(ParquetLeaf leaf, long codec, IReadOnlyList<ParquetPage> pages, int values, Stream stream,
        ReadOptions options)
    {
        if (leaf.MaxDefinition > byte.MaxValue || leaf.MaxRepetition > byte.MaxValue)
            throw new InvalidDataException("its lists are too deep");

        var vector = new ParquetVector(leaf, codec, values);
        var limit = new UnpackLimit("a column of texts", options.MaxUnpackRatio, () => pages.Sum(page => page.Packed));
        foreach (ParquetPage page in pages)
        {
            var packed = new byte[page.Packed];
            stream.Position = page.Start;
            stream.ReadExactly(packed);
            if (page.Checksum is { } sum && Crc32.HashToUInt32(packed) != sum)
                throw new InvalidDataException("the checksum of a page does not match its bytes");

            if (page.Kind == ParquetPage.Dictionary)
                vector.ReadDictionary(page, packed);
            else if (page.Kind == ParquetPage.Data)
                vector.ReadData(page, vector.Unpack(packed, (int)page.Unpacked), limit);
            else if (page.Kind == ParquetPage.DataV2)
                vector.ReadDataV2(page, packed, limit);
        }

        return vector;
    }

    private byte[] Unpack(ReadOnlyMemory<byte> packed, int length)
    {
        var unpacked = new byte[length];
        ParquetCodec.Unpack(codec, packed, unpacked);
        return unpacked;
    }

    private void ReadDictionary(ParquetPage page, byte[] packed)
    {
        if (page.Encoding is not (Plain or PlainDictionary))
            throw new InvalidDataException($"a dictionary is written by encoding {page.Encoding}, which is not read");

        dictionary = new ParquetValues(leaf.Element, (int)page.Values);
        dictionary.AddPlain(Unpack(packed, (int)page.Unpacked), (int)page.Values);
    }

    private void ReadData(ParquetPage page, ReadOnlyMemory<byte> bytes, UnpackLimit limit)
    {
        int count = (int)page.Values;
        if (Repetitions is not null)
            bytes = Levels(bytes, page.RepetitionEncoding, leaf.MaxRepetition, Repetitions.AsSpan(places, count));

        if (Definitions is not null)
            bytes = Levels(bytes, page.DefinitionEncoding, leaf.MaxDefinition, Definitions.AsSpan(places, count));

        AddValues(page, bytes, Present(count), limit);
        places += count;
    }

    private void ReadDataV2(ParquetPage page, ReadOnlyMemory<byte> packed, UnpackLimit limit)
    {
        int count = (int)page.Values, repetition = (int)page.RepetitionBytes, levels = repetition + (int)page.DefinitionBytes;
        if (page.Unpacked < levels)
            throw new InvalidDataException("a page has other values than its header says");

        if (Repetitions is not null)
            Level(packed.Span[..repetition], leaf.MaxRepetition, Repetitions.AsSpan(places, count));

        if (Definitions is not null)
            Level(packed.Span[repetition..levels], leaf.MaxDefinition, Definitions.AsSpan(places, count));

        int present = Present(count);
        ReadOnlyMemory<byte> bytes = packed[levels..];
        if (page.IsPacked && present > 0)
            bytes = Unpack(bytes, (int)page.Unpacked - levels);

        AddValues(page, bytes, present, limit);
        places += count;
    }

    private int Present(int count) => Definitions is null ? count
        : Definitions.AsSpan(places, count).Count((byte)leaf.MaxDefinition);

    private void AddValues(ParquetPage page, ReadOnlyMemory<byte> bytes, int count, UnpackLimit limit)
    {
        if (count == 0)
            return;

        switch (page.Encoding)
        {
            case Plain:
                Values.AddPlain(bytes, count);
                break;
            case PlainDictionary or RunsDictionary:
                Values.AddKnown(dictionary ?? throw new InvalidDataException("a page refers to a dictionary that is not there"), bytes,
                    count);
                break;
            case Runs:
                Values.AddTruths(bytes, count);
                break;
            case Delta:
                Values.AddDeltas(bytes, count);
                break;
            case DeltaLength:
                Values.AddTexts(DeltaTexts.Lengths(bytes, count), count);
                break;
            case DeltaBytes:
                long before = prefixed;
                Values.AddTexts(DeltaTexts.Prefixed(bytes, count, whole => limit.Check(prefixed = before + whole)), count);
                break;
            case Split:
                Values.AddSplit(bytes, count);
                break;
            default:
                throw new InvalidDataException($"a page is written by encoding {page.Encoding}, which is not read");
        }
    }

    private static ReadOnlyMemory<byte> Levels(ReadOnlyMemory<byte> bytes, long encoding, int max, Span<byte> levels)
    {
        if (encoding == BitPacked)
        {
            int width = Width(max), length = (int)((((long)levels.Length * width) + 7) / 8);
            if (length > bytes.Length)
                throw new InvalidDataException("runs of values end too early");

            // The oldest writers: most significant bit first.
            for (int i = 0; i < levels.Length; i++)
            {
                int level = 0;
                for (int bit = i * width; bit < (i + 1) * width; bit++)
                    level = (level << 1) | ((bytes.Span[bit >> 3] >> (7 - (bit & 7))) & 1);

                levels[i] = Checked((uint)level, max);
            }

            return bytes[length..];
        }

        if (encoding != Runs || bytes.Length < 4)
            throw new InvalidDataException($"levels are written by encoding {encoding}, which is not read");

        int size = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
        if (size < 0 || size > bytes.Length - 4)
            throw new InvalidDataException("runs of values end too early");

        Level(bytes.Span.Slice(4, size), max, levels);
        return bytes[(4 + size)..];
    }

    private static void Level(ReadOnlySpan<byte> bytes, int max, Span<byte> levels)
    {
        var runs = new BitRuns(bytes, Width(max));
        for (int i = 0; i < levels.Length; i++)
            levels[i] = Checked(runs.Next(), max);
    }

    private static byte Checked(uint level, int max) =>
        level <= max ? (byte)level : throw new InvalidDataException($"a value is at level {level} of {max}");

    private static int Width(int max) => BitOperations.Log2((uint)max) + 1;
}
