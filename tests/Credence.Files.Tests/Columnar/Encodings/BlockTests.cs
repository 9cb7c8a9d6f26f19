using System.Text;
using Credence.Files.Columnar.Encodings;

namespace Credence.Files.Tests.Columnar.Encodings;

/// <summary>Blocks written by hand from the formats' descriptions, and what damage in them gives.</summary>
public class BlockTests
{
    // "abcabcabcabcX": three letters, a copy of nine from three back, one letter.
    private static readonly byte[] Snappy = [13, 2 << 2, (byte)'a', (byte)'b', (byte)'c', (8 << 2) | 2, 3, 0, 0, (byte)'X'];
    private static readonly byte[] Lz4 = [0x35, (byte)'a', (byte)'b', (byte)'c', 3, 0, 0x10, (byte)'X'];

    [Fact]
    public void Copies_MayOverlapWhatTheyWrite()
    {
        var unpacked = new byte[13];
        SnappyBlock.Unpack(Snappy, unpacked);
        Assert.Equal("abcabcabcabcX", Encoding.ASCII.GetString(unpacked));

        Lz4Block.Unpack(Lz4, unpacked);
        Assert.Equal("abcabcabcabcX", Encoding.ASCII.GetString(unpacked));
    }

    [Fact]
    public void HadoopFrames_AndABlockAlone_AreTheSame()
    {
        var unpacked = new byte[13];
        Lz4Block.UnpackFramed([0, 0, 0, 13, 0, 0, 0, 8, .. Lz4], unpacked);
        Assert.Equal("abcabcabcabcX", Encoding.ASCII.GetString(unpacked));

        Lz4Block.UnpackFramed(Lz4, unpacked);
        Assert.Equal("abcabcabcabcX", Encoding.ASCII.GetString(unpacked));
    }

    [Fact]
    public void EveryCutOrOtherSize_IsRefused()
    {
        for (int length = 0; length < Snappy.Length; length++)
            Assert.Throws<InvalidDataException>(() => SnappyBlock.Unpack(Snappy.AsSpan(0, length), new byte[13]));

        for (int length = 0; length < Lz4.Length; length++)
            Assert.Throws<InvalidDataException>(() => Lz4Block.Unpack(Lz4.AsSpan(0, length), new byte[13]));

        foreach (int size in new[] { 0, 3, 12, 14, 100 })
        {
            Assert.Throws<InvalidDataException>(() => SnappyBlock.Unpack(Snappy, new byte[size]));
            Assert.Throws<InvalidDataException>(() => Lz4Block.Unpack(Lz4, new byte[size]));
        }
    }

    /// <summary>The example of Parquet's Encodings.md: 7, 5, 3, 1, 2, 3, 4, 5, with differences of −2 at the least.</summary>
    [Fact]
    public void Differences_AreThoseOfTheFormatsExample()
    {
        // Blocks of 128 in 4 parts, 8 values, the first 7; smallest −2, 2 bits a value.
        byte[] bytes = [0x80, 1, 4, 8, 14, 3, 2, 0, 0, 0, 0b1100_0000, 0b0011_1111, 0, 0, 0, 0, 0, 0];
        Assert.Equal([7, 5, 3, 1, 2, 3, 4, 5], DeltaNumbers.Read(bytes, 8, isShort: true, out int length));
        Assert.Equal(bytes.Length, length);
    }

    [Fact]
    public void Differences_WrapAround_AsTheWritersDid()
    {
        // int.MaxValue after int.MinValue differs by −1 in 32 bits.
        byte[] bytes = [8, 1, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 1, 0];
        Assert.Equal([int.MinValue, int.MaxValue], DeltaNumbers.Read(bytes, 2, isShort: true, out _));
        Assert.Equal([int.MinValue, int.MinValue - 1L], DeltaNumbers.Read(bytes, 2, isShort: false, out _));
    }

    [Fact]
    public void Runs_OfOneValue_AndPacked()
    {
        // Five times 3, then 0 to 7 in three bits (the example of Encodings.md).
        var runs = new BitRuns([10, 3, 3, 0b10001000, 0b11000110, 0b11111010], 3);
        var values = new List<uint>();
        for (int i = 0; i < 13; i++)
            values.Add(runs.Next());

        Assert.Equal([3, 3, 3, 3, 3, 0, 1, 2, 3, 4, 5, 6, 7], values);
    }
}
