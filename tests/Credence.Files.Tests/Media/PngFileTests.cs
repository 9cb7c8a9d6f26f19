using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Credence.Files.Media;
using Credence.Files.Tests.Support;
using Credence.Numerics;
using StbImageSharp;

namespace Credence.Files.Tests.Media;

/// <summary>Pngs of every kind as another decoder reads them, and small ones that would unpack to gigabytes.</summary>
public class PngFileTests
{
    public static TheoryData<byte, byte, bool> Kinds =>
    [
        .. from kind in new (byte Colour, byte Depth)[]
            {
                (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16),
            }
        from isInterlaced in new[] { false, true }
        select (kind.Colour, kind.Depth, isInterlaced),
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryPixel_IsAsAnotherDecoderReadsIt(byte colour, byte depth, bool isInterlaced)
    {
        var chance = new Rng(colour * 100UL + depth);
        foreach ((int width, int height) in new[] { (1, 1), (3, 2), (9, 11), (17, 4) })
        {
            byte[] file = Random(width, height, colour, depth, isInterlaced, chance);
            foreach (int channels in new[] { 1, 3 })
            {
                byte[] expected = colour >= 4 ? OnWhite(file, channels)
                    : ImageResult.FromMemory(file, channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue).Data;

                (byte[] pixels, int h, int w) = ImageFile.Decode(file, "a.png", channels, maxPixels: 1000);

                Assert.Equal((height, width), (h, w));
                Assert.InRange(
                    KnownMedia.Distance(Array.ConvertAll(expected, value => (int)value), pixels), 0, colour >= 4 ? 2 : 0);
            }
        }
    }

    [Fact]
    public void DataThatUnpacksToFarMoreThanThePixels_IsReadOnlyAsFarAsTheyGo()
    {
        byte[] file = Png(Header(4, 4, 8, 0, isInterlaced: false), [("IDAT", Zipped(new byte[1 << 26]))]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        byte[] pixels = PngFile.Decode(file, "a.png", 1);

        Assert.Equal(new byte[16], pixels);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void FewBytesThatClaimManyPixels_AreRefusedBeforeThePixelsAreMade()
    {
        byte[] file = Png(Header(8000, 8000, 16, 6, isInterlaced: false), [("IDAT", Zipped(new byte[1000]))]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() => ImageFile.Decode(file, "a.png", 3, maxPixels: 64 << 20));

        Assert.Equal("a.png is damaged: its packed data is too short for 8,000 × 8,000 pixels. Was it copied whole?", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void APartThatClaimsMoreBytesThanThereAre_IsRefused()
    {
        byte[] file = Png(Header(5, 4, 8, 0, isInterlaced: false), [("IDAT", Zipped(new byte[24]))]);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(33), 939_524_096);

        var error = Assert.Throws<InvalidDataException>(() => ImageFile.Decode(file, "a.png", 1, maxPixels: 64 << 20));

        Assert.StartsWith("a.png is damaged: a part of the png claims 939,524,096 bytes, but ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40_000, 2_000)]
    [InlineData(1, 70_000)]
    public void MorePixelsThanTheLimit_AreRefused(int width, int height)
    {
        byte[] file = Png(Header(width, height, 8, 0, isInterlaced: false), [("IDAT", Zipped(new byte[24]))]);

        var error = Assert.Throws<InvalidDataException>(() => ImageFile.Size(file, "a.png", maxPixels: 64 << 20));

        Assert.Equal($"a.png has {width:N0} × {height:N0} pixels, above the limit of 67,108,864 in all or 65,535 on a side. Save a smaller "
            + "picture; 64 pixels on the longer side are enough.", error.Message);
    }

    /// <summary>What the other decoder reads, with its alpha over white: it has 8 bits of each where ours may have 16.</summary>
    private static byte[] OnWhite(byte[] file, int channels)
    {
        byte[] four = ImageResult.FromMemory(file, ColorComponents.RedGreenBlueAlpha).Data;
        double Over(int at, int channel) => 255 + ((four[at + channel] - 255) * four[at + 3] / 255.0);
        return [.. Enumerable.Range(0, four.Length / 4).SelectMany(pixel => channels == 3
            ? new[] { Over(4 * pixel, 0), Over(4 * pixel, 1), Over(4 * pixel, 2) }
            : [((77 * Over(4 * pixel, 0)) + (150 * Over(4 * pixel, 1)) + (29 * Over(4 * pixel, 2))) / 256])
            .Select(value => (byte)value)];
    }

    private static byte[] Random(int width, int height, byte colour, byte depth, bool isInterlaced, Rng chance)
    {
        byte[] header = Header(width, height, depth, colour, isInterlaced);
        PngHeader read = PngHeader.Read(Png(header, []), "a.png");
        using var rows = new MemoryStream();
        foreach (PngPass pass in read.Passes)
        {
            for (int y = 0; y < pass.Rows(read); y++)
            {
                rows.WriteByte((byte)chance.NextInt(5));
                for (int i = 0; i < read.RowBytes(pass.Columns(read)); i++)
                    rows.WriteByte((byte)chance.NextInt(256));
            }
        }

        byte[] packed = Zipped(rows.ToArray()), palette = [.. Enumerable.Range(0, 3 << Math.Min((int)depth, 8)).Select(i => (byte)(i * 7))];
        int cut = packed.Length / 2;
        return Png(header, [.. colour == 3 ? new[] { ("PLTE", palette) } : [], ("IDAT", packed[..cut]), ("tEXt", [65]), ("IDAT",
            packed[cut..])]);
    }

    private static byte[] Header(int width, int height, byte depth, byte colour, bool isInterlaced)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (depth, colour, (byte)(isInterlaced ? 1 : 0));
        return header;
    }

    private static byte[] Png(byte[] header, (string Name, byte[] Content)[] chunks)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n\u001a\n"u8]);
        foreach ((string name, byte[] content) in ((string, byte[])[])[("IHDR", header), .. chunks, ("IEND", [])])
        {
            byte[] named = [.. name.Select(letter => (byte)letter), .. content];
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
            file.Write(number);
            file.Write(named);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(named));
            file.Write(number);
        }

        return file.ToArray();
    }

    private static byte[] Zipped(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(bytes);

        return packed.ToArray();
    }
}
