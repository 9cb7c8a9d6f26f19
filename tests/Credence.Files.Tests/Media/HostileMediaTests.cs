using System.Buffers.Binary;
using Credence.Files.Inputs;
using Credence.Files.Media;
using Credence.Files.Tests.Support;
using Credence.Fuzz.Seeds;

namespace Credence.Files.Tests.Media;

/// <summary>Pictures and sounds that claim more than they hold, or are longer than is read.</summary>
public class HostileMediaTests
{
    [Fact]
    public void ABmpThatClaimsMorePixelsThanItHolds_IsRefusedBeforeThePixelsAreMade()
    {
        byte[] file = ImageBytes.Bmp(5, 3, 1, 2, 3);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), 8000);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), 8000);

        Assert.Equal("a.bmp is damaged: 102 bytes are too few for a bmp of 8,000 × 8,000 pixels. Was it copied whole?",
            Refusal(file, "a.bmp"));
    }

    [Fact]
    public void AJpgThatClaimsMorePixelsThanItsBytesCanHold_IsRefusedBeforeThePixelsAreMade()
    {
        byte[] file = ImageBytes.GreyJpg;
        int frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), 8000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), 8000);

        Assert.Equal($"a.jpg is damaged: {file.Length:N0} bytes are too few for a jpg of 64,000,000 pixels. Was it copied whole?",
            Refusal(file, "a.jpg"));
    }

    [Fact]
    public void ASoundLongerThanTheLimit_IsRefusedByItsHeader()
    {
        using var file = new MemoryStream(WavBytes.Tone(8000, 200));

        var error = Assert.Throws<InvalidDataException>(() => WavFormat.Read(file, "a.wav", maxSamples: 199));

        Assert.Equal("a.wav has 200 samples (0 s), above the limit of 199. Cut the sound into shorter ones, or store fewer samples per "
            + "second.", error.Message);
    }

    [Fact]
    public void ALinkToADeviceInAFolder_IsRefusedAndNotRead()
    {
        if (!File.Exists("/dev/zero"))
            return;

        using var scratch = new Scratch();
        scratch.Write("a/1.png", ImageBytes.GreyPng(3, 3, 10));
        scratch.Write("b/1.png", ImageBytes.GreyPng(3, 3, 200));
        File.CreateSymbolicLink(scratch.PathOf("b/2.png"), "/dev/zero");

        var error = Assert.Throws<InvalidDataException>(() => DataFiles.Open([scratch.Folder], new ReadOptions()));

        Assert.Equal("b/2.png is empty, or a device or a pipe, or a link to one. Remove it from the folder.", error.Message);
    }

    private static string Refusal(byte[] file, string name)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() => ImageFile.Decode(file, name, 3, maxPixels: 64 << 20));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        return error.Message;
    }
}
