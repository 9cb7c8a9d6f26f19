using System.IO.Compression;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Files.Arrays;
using Credence.Files.Inputs;
using Credence.Files.Scores;
using Credence.Files.Tests.Support;
using Credence.Fuzz.Seeds;

namespace Credence.Files.Tests.Arrays;

public class NpzFileTests
{
    private static readonly byte[] Logits = ArrayBytes.Npy<double>("<f8", "(4, 2)", 1, 2, 3, 4, 5, 6, 7, 8),
        Labels = ArrayBytes.Npy<byte>("|u1", "(4,)", 0, 1, 0, 1);

    /// <summary>As NumPy's savez and savez_compressed write them: tools/golden/arrays.py.</summary>
    [Theory]
    [InlineData("logits")]
    [InlineData("probabilities")]
    [InlineData("half")]
    [InlineData("table")]
    public void EveryElementOfEveryArray_IsReadAsItWasWritten(string archive)
    {
        foreach (ArrayValues array in Golden.Arrays($"arrays/{archive}.npz"))
            KnownArrays.Check($"{archive}/{array.Name}", array);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void EveryChangedByteOfAnArray_IsNoticed_OrChangesNothing(CompressionLevel level)
    {
        using var scratch = new Scratch();
        int refused = 0;
        byte[] good = ArrayBytes.Zip(level, ("logits.npy", Logits), ("labels.npy", Labels));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], Read(scratch, good));

        // The first entry's content ends where the next local header begins.
        int end = good.AsSpan(4).IndexOf("PK\u0003\u0004"u8) + 4;
        for (int at = 30 + "logits.npy".Length; at < end; at++)
        {
            byte[] changed = [.. good];
            changed[at] ^= 0x10;
            try
            {
                // A packed bit may mean nothing: those that fill up the last byte.
                Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], Read(scratch, changed));
                Assert.Equal(CompressionLevel.Optimal, level);
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith("s.npz", scratch.Plain(error), StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, end - 30 - "logits.npy".Length - 8, end);
    }

    [Fact]
    public void AChangedNumber_IsCalledDamage_OfTheArrayItIsIn()
    {
        using var scratch = new Scratch();
        byte[] changed = ArrayBytes.Npz(("logits", Logits), ("labels", Labels));
        changed[30 + "logits.npy".Length + Logits.Length - 3] ^= 1;

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(scratch, changed));

        Assert.StartsWith("s.npz, array 'logits' is damaged: ", scratch.Plain(error), StringComparison.Ordinal);
    }

    [Fact]
    public void BytesAfterAnArray_AreCheckedToo()
    {
        using var scratch = new Scratch();
        byte[] longer = ArrayBytes.Npz(("logits", [.. Logits, 1, 2, 3]), ("labels", Labels));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], Read(scratch, longer));

        longer[30 + "logits.npy".Length + Logits.Length + 1] ^= 1;
        Assert.Throws<InvalidDataException>(() => Read(scratch, longer));
    }

    [Theory]
    [InlineData(6, 1, "is encrypted")]
    [InlineData(8, 12, "compressed by a method other than deflate")]
    public void WhatCantBeUnpacked_IsSaidToBeSo(int field, byte value, string said)
    {
        using var scratch = new Scratch();
        byte[] zip = ArrayBytes.Npz(("logits", Logits));
        int directory = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        zip[field] = value;
        zip[directory + field + 2] = value;

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(scratch, zip));

        Assert.StartsWith("s.npz, array 'logits' is ", scratch.Plain(error), StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    private static double[] Read(Scratch scratch, byte[] zip) => SavedScores.Read(scratch.Write("s.npz", zip), new ReadOptions()).Values;
}
