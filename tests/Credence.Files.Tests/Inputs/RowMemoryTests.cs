using System.Buffers.Binary;
using System.IO.Compression;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;
using Credence.Fuzz.Seeds;

namespace Credence.Files.Tests.Inputs;

/// <summary>Rows are refused by the memory that those read so far take, not by the size of their file.</summary>
public class RowMemoryTests
{
    private static readonly string Csv =
        "a,b,label\n" + string.Concat(Enumerable.Range(0, 10_000).Select(row => $"{row % 7},{row % 11}.5,{(row % 2 == 0 ? "x" : "y")}\n"));

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("rows.csv.gz")]
    public void RowsThatTakeMoreThanTheLimit_AreRefusedWhileTheyAreRead(string name)
    {
        using var scratch = new Scratch();
        byte[] bytes = [.. Csv.Select(letter => (byte)letter)];
        if (name.EndsWith(".gz", StringComparison.Ordinal))
            bytes = ArrayBytes.Gzip(bytes);

        var options = new ReadOptions { Label = "label", MaxMemoryBytes = 200_000 };
        string message = scratch.Refusal<InsufficientMemoryException>(name, bytes, options);

        // 2 × 8 bytes of numbers and 2 × 4 of label and line, for 4,096 rows or 8,192 where arrays have doubled.
        Assert.Matches($"^{name} line [0-9]+: the 4,1[0-9]{{2}} rows read so far need 0 MB of memory, above the limit of 0 MB, half of what the work may take. Read "
            + "fewer rows or columns, or set ReadOptions.MaxMemoryBytes higher.$", message);
        using IRowSource source = scratch.Source(name, bytes, options);
        Assert.Equal(10_000, source.Read(500).Sum(chunk => chunk.Rows));
    }

    [Fact]
    public void AnArrayThatClaimsMoreThanItsPackedBytesCanHold_IsRefusedBeforeItIsUnpacked()
    {
        using var scratch = new Scratch();
        byte[] zip = ArrayBytes.Zip(CompressionLevel.Optimal, ("x.npy", ArrayBytes.Npy<double>("<f8", "(200000000,)", 1, 2, 3)));
        int entry = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(entry + 24), 1_600_000_080);

        string message = scratch.Refusal<InvalidDataException>("a.npz", zip);

        Assert.StartsWith("a.npz, array 'x' unpacks to 1,600,000,080 bytes or more, over 200 times its packed size; ", message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AnArrayLargerThanTheMemory_IsRefusedByItsShape()
    {
        using var scratch = new Scratch();
        byte[] npy = ArrayBytes.Npy<double>("<f8", "(1000, 2)", 1, 2, 3);

        Assert.Equal("a.npy has the shape [1000, 2], larger than the limit of 15,999 bytes in memory. Save fewer rows or shorter numbers, or "
            + "set ReadOptions.MaxMemoryBytes higher.",
            scratch.Refusal<InvalidDataException>("a.npy", npy, new ReadOptions { MaxMemoryBytes = 31_999 }));
    }

    [Fact]
    public void ARowGroupLargerThanTheMemory_IsRefusedBeforeItIsRead()
    {
        using var scratch = new Scratch();

        Assert.Equal("a.parquet: the columns of a row group of 3 rows need 0 MB of memory, above the limit of 0 MB, half of what the work may "
            + "take. Read fewer rows or columns, or set ReadOptions.MaxMemoryBytes higher.",
            scratch.Refusal<InsufficientMemoryException>("a.parquet", ParquetBytes.Mixed(6), new ReadOptions { MaxMemoryBytes = 400 }));
    }

    [Fact]
    public void AFieldWithAnEndlessName_IsRefused_SinceEveryFieldInItWouldRepeatIt()
    {
        using var scratch = new Scratch();
        string line = $"{{\"{new string('n', 2000)}\": {{\"a\": 1, \"b\": 2}}}}\n";

        Assert.EndsWith("has a name of 2,000 characters, above the limit of 1,024. Shorten it.",
            scratch.Refusal<InvalidDataException>("a.jsonl", line), StringComparison.Ordinal);
    }
}
