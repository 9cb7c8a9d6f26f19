using Credence.Files.Media;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Media;

/// <summary>Sounds as SciPy and Python's wave write them: tools/golden/media.py.</summary>
public class WavFormatTests
{
    [Theory]
    [InlineData("u1.wav")]
    [InlineData("i2.wav")]
    [InlineData("i3.wav")]
    [InlineData("i4.wav")]
    [InlineData("f4.wav")]
    [InlineData("f8.wav")]
    [InlineData("stereo.wav")]
    public void EverySample_IsReadAsItWasWritten(string name)
    {
        (int rate, double[] expected) = KnownMedia.Sound(name);

        (float[] samples, int found) = WavFormat.Read(new MemoryStream(KnownMedia.Bytes(name)), name, maxSamples: 1 << 20);

        Assert.Equal(rate, found);
        Assert.Equal(rate, WavFormat.RateOf(new MemoryStream(KnownMedia.Bytes(name)), name));
        Assert.Equal(expected.Select(sample => (float)sample), samples);
    }

    /// <summary>The tables of Python's audioop, which is G.711's reference: some values, and the sum of all with their codes as
    /// weights.</summary>
    [Fact]
    public void TelephoneSamples_AreThoseOfTheStandard()
    {
        int[] mu = [.. Enumerable.Range(0, 256).Select(code => Companding.MuLaw((byte)code))];
        int[] a = [.. Enumerable.Range(0, 256).Select(code => Companding.ALaw((byte)code))];

        Assert.Equal([-32124, -6652, -1244, -132, 13948, 2748, 428], mu.Where((_, code) => code % 37 == 0));
        Assert.Equal([-5504, -16896, -504, -1696, 2240, 14592, 184], a.Where((_, code) => code % 37 == 0));
        Assert.Equal(98107392, mu.Select((value, code) => (code + 1L) * value).Sum());
        Assert.Equal(100139008, a.Select((value, code) => (code + 1L) * value).Sum());
    }

    [Theory]
    [InlineData(7, new byte[] { 0x00, 0x80, 0xFF, 0x25 }, new[] { -32124, 32124, 0, -6652 })]
    [InlineData(6, new byte[] { 0xD5, 0x55, 0x2A, 0xAA }, new[] { 8, -8, -32256, 32256 })]
    public void MuLawAndALaw_AreRead(int tag, byte[] data, int[] expected)
    {
        (float[] samples, int rate) = Read(Wav("RIFF", Format(tag, 8), Chunk("data", data)));

        Assert.Equal(8000, rate);
        Assert.Equal(expected.Select(sample => sample / 32768f), samples);
    }

    /// <summary>A long file has its lengths in a part of their own, and what follows the sound is no sound.</summary>
    [Fact]
    public void Rf64_EndsWhereItSays()
    {
        byte[] sizes = [.. BitConverter.GetBytes(100L), .. BitConverter.GetBytes(4L), .. BitConverter.GetBytes(2L), 0, 0, 0, 0];
        byte[] file = Wav("RF64", Chunk("ds64", sizes), Format(1, 16), [.. "data"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 64, 0, 192],
            Chunk("LIST", "INFO"u8.ToArray()));

        Assert.Equal([0.5f, -0.5f], Read(file).Samples);
    }

    [Fact]
    public void NoSamples_AreRefused_NotPredicted()
    {
        foreach (byte[] file in new[]
        {
            Wav("RIFF", Format(1, 16), Chunk("data", [])),
            Wav("RIFF", Format(1, 16), Chunk("data", []), Chunk("LIST", "INFOISFT"u8.ToArray())),
            Wav("RIFF", Format(1, 16), Chunk("data", [1])),
        })
        {
            var error = Assert.Throws<InvalidDataException>(() => Read(file));
            Assert.Equal("a.wav has no samples, so nothing can be said of it. Remove it.", error.Message);
            Assert.Throws<InvalidDataException>(() => WavFormat.RateOf(new MemoryStream(file), "a.wav"));
        }
    }

    /// <summary>A program that streams never writes the length.</summary>
    [Fact]
    public void AStreamWithoutItsLength_IsReadToItsEnd()
    {
        byte[] file = Wav("RIFF", Format(1, 16), [.. "data"u8, 0, 0, 0, 0, 0, 64, 0, 192]);
        file.AsSpan(4, 4).Clear();

        Assert.Equal([0.5f, -0.5f], Read(file).Samples);
    }

    private static (float[] Samples, int Rate) Read(byte[] file) => WavFormat.Read(new MemoryStream(file), "a.wav", 1 << 20);

    private static byte[] Wav(string magic, params byte[][] chunks)
    {
        byte[] body = [.. "WAVE"u8, .. chunks.SelectMany(chunk => chunk)];
        return [.. System.Text.Encoding.ASCII.GetBytes(magic), .. BitConverter.GetBytes(magic == "RIFF" ? body.Length : -1), .. body];
    }

    private static byte[] Format(int tag, int bits) => Chunk("fmt ",
    [
        (byte)tag, 0, 1, 0, .. BitConverter.GetBytes(8000), .. BitConverter.GetBytes(8000 * bits / 8), (byte)(bits / 8), 0, (byte)bits, 0,
    ]);

    private static byte[] Chunk(string id, byte[] bytes) =>
        [.. System.Text.Encoding.ASCII.GetBytes(id), .. BitConverter.GetBytes(bytes.Length), .. bytes, .. new byte[bytes.Length & 1]];
}
