using Credence.Files.Inputs;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Inputs;

/// <summary>Files as Python's gzip packs them: tools/golden/tables.py.</summary>
public class GzipContentTests
{
    [Theory]
    [InlineData("gzip.csv.gz")]
    [InlineData("gzip-members.csv.gz")]
    [InlineData("gzip-stored.csv.gz")]
    [InlineData("gzip.jsonl.gz")]
    public void EveryCell_IsReadAsItWasWritten(string file) => KnownRows.Check(file, new ReadOptions { Label = "label" });

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(100)]
    public void AFileCutShort_IsRefused(int bytes)
    {
        using var scratch = new Scratch();
        byte[] whole = File.ReadAllBytes(Repository.Golden("tables", "gzip.csv.gz"));

        string message = scratch.Refusal<InvalidDataException>("cut.csv.gz", whole[..^bytes]);

        Assert.StartsWith("cut.csv.gz is damaged: its compressed data ", message, StringComparison.Ordinal);
    }
}
