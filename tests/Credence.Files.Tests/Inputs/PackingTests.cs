using System.IO.Compression;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Inputs;

/// <summary>Packed files: the same rows whatever packs them, a limit on what they unpack to, and a name for what is not read.</summary>
public sealed class PackingTests : IDisposable
{
    private const string Rows = "x,y\n1,a\n2,b\n3,a\n";

    private static readonly byte[] Plain = System.Text.Encoding.UTF8.GetBytes(Rows);
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Zstandard_AndAZipOfOneFile_AreReadAsTheirContent()
    {
        foreach ((string name, byte[] bytes) in new[]
        {
            ("d.csv.zst", Zstandard(Plain)), ("d.zip", Zip(("d.csv", Plain))),
            ("e.csv.zip", Zip(("__MACOSX/._d.csv", [0]), ("folder/", []), ("folder/d.csv", Plain))),
        })
        {
            Assert.Equal([1, 2, 3], scratch.Rows(name, bytes, new ReadOptions { Label = "y" }).Numbers("x"));
        }

        Assert.Equal(["a", "b"], scratch.Rows(
            "r.jsonl.zst", Zstandard("{\"t\": \"a\"}\n{\"t\": \"b\"}\n"u8.ToArray()), new ReadOptions { Text = "t" }).Texts("t"));
    }

    [Fact]
    public void SeveralFiles_ASpreadsheet_AndNothing_AreNamed()
    {
        Assert.Equal("d.zip is a zip of 2 files: 'a.csv', 'b.csv'. Unpack it, and name a file or the folder.",
            Refusal("d.zip", Zip(("a.csv", Plain), ("b.csv", Plain))));
        Assert.Equal("d.xlsx is a spreadsheet or a document of an office program. Save it as csv.",
            Refusal("d.xlsx", Zip(("[Content_Types].xml", Plain))));
        Assert.Equal("d.zip is a zip file with nothing in it.", Refusal("d.zip", Zip(("a/", []))));
    }

    [Theory]
    [InlineData("d.xz", new byte[] { 0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0 }, "xz", "xz -d")]
    [InlineData("d.7z", new byte[] { 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0 }, "7-Zip", "7z x")]
    [InlineData("d.bz2", new byte[] { 0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0 }, "bzip2", "bunzip2")]
    public void WhatIsNotRead_IsNamed_WithTheWayOut(string name, byte[] bytes, string kind, string tool) =>
        Assert.Equal($"{name} is packed by {kind}, which is not read. Unpack it first, as with: {tool} {name}", Refusal(name, bytes));

    [Fact]
    public void ATextThatBeginsAsAPackedFile_IsAText() =>
        Assert.Equal([1, 2], scratch.Rows("d.csv", "BZh9,y\n1,a\n2,b\n", new ReadOptions { Label = "y" }).Numbers("BZh9"));

    [Fact]
    public void ACutFile_IsRefused()
    {
        byte[] packed = Zstandard(Plain);
        for (int length = 5; length < packed.Length; length++)
            Assert.StartsWith("d.zst is damaged", Refusal("d.zst", packed[..length]), StringComparison.Ordinal);
    }

    [Fact]
    public void MoreThanTheLimit_IsRefused()
    {
        var options = new ReadOptions { MaxUnpackedBytes = 1000 };
        byte[] large = new byte[100_000];
        Array.Fill(large, (byte)'\n');

        foreach ((string name, byte[] bytes) in new[] { ("d.zst", Zstandard(large)), ("d.zip", Zip(("d.csv", large))) })
            Assert.Contains("unpacks to more than the limit of 1,000 bytes", scratch.Refusal<InvalidDataException>(name, bytes, options),
                StringComparison.Ordinal);
    }

    [Fact]
    public void AZipOnAStream_IsRefused()
    {
        var error = Assert.Throws<InvalidDataException>(() => InputFile.Of(new OnlyForward(Zip(("d.csv", Plain))), "standard input",
            new ReadOptions()));
        Assert.StartsWith("standard input is a zip file, which can't be read from a stream", error.Message, StringComparison.Ordinal);
    }

    private string Refusal(string name, byte[] bytes) => scratch.Refusal<InvalidDataException>(name, bytes)
        .Replace(scratch.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    private static byte[] Zstandard(byte[] bytes)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(bytes).ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private sealed class OnlyForward(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
