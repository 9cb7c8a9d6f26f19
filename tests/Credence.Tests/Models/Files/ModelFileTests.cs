using System.Security.Cryptography;
using System.Text;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Numerics;

namespace Credence.Tests.Models.Files;

public sealed class ModelFileTests
{
    private static readonly DataSet Rows = MakeRows();
    private static readonly Classifier Classifier = new ClassifierLearner().Fit(Rows).Classifier;
    private static readonly byte[] Bytes = ModelFile.ToBytes(Classifier);

    [Fact]
    public void Classifier_ComesBackToTheBit()
    {
        Classifier back = (Classifier)ModelFile.FromBytes(Bytes);

        Assert.Equal(Bytes, ModelFile.ToBytes(back));
        IReadOnlyList<Prediction> before = Classifier.Predict(Rows.Features), after = back.Predict(Rows.Features);
        for (int row = 0; row < Rows.Rows; row++)
        {
            Assert.Equal(before[row].Label, after[row].Label);
            Assert.Equal(BitConverter.DoubleToInt64Bits(before[row].Probability), BitConverter.DoubleToInt64Bits(after[row].Probability));
            Assert.Equal(before[row].Set, after[row].Set);
        }
    }

    [Fact]
    public void Learning_TwiceGivesTheSameBytes() =>
        Assert.Equal(Bytes, ModelFile.ToBytes(new ClassifierLearner(new() { MaxThreads = 1 }).Fit(Rows).Classifier));

    [Fact]
    public void Calibrator_ComesBackToTheBit()
    {
        double[] scores = Classifier.Score(Rows.Features).Values.ToArray();
        ScoreCalibrator calibrator = new ScoreCalibration().Fit(ScoreKind.Logits, scores, Rows.Labels!).Calibrator;

        byte[] bytes = ModelFile.ToBytes(calibrator);
        ScoreCalibrator back = Assert.IsType<ScoreCalibrator>(ModelFile.FromBytes(bytes));

        Assert.Equal(bytes, ModelFile.ToBytes(back));
        Assert.Equal(calibrator.Apply(scores).Values.ToArray(), back.Apply(scores).Values.ToArray());
    }

    [Fact]
    public void File_IsSafetensors_WithAHashOverEveryOtherByte()
    {
        long header = BitConverter.ToInt64(Bytes);
        string json = Encoding.UTF8.GetString(Bytes, 8, (int)header);
        Assert.StartsWith("{\"__metadata__\":{", json, StringComparison.Ordinal);
        Assert.Equal(0, (8 + header) % 8);
        byte[] signed = Signed(Bytes);
        Assert.Equal(Bytes, signed);
    }

    [Fact]
    public void EveryTruncation_IsRefused()
    {
        for (int length = 0; length < Bytes.Length; length += length < 200 ? 1 : 37)
            Assert.Throws<InvalidDataException>(() => ModelFile.FromBytes(Bytes[..length]));
    }

    [Fact]
    public void EveryFlippedBit_IsRefused()
    {
        var rng = new Rng(5);
        for (int trial = 0; trial < 2000; trial++)
        {
            byte[] changed = [.. Bytes];
            changed[rng.NextInt(changed.Length)] ^= (byte)(1 << rng.NextInt(8));
            Assert.Throws<InvalidDataException>(() => ModelFile.FromBytes(changed));
        }
    }

    [Fact]
    public void AnyByteChangedAndSignedAnew_IsReadOrRefused_NeverMore()
    {
        // A hostile file has a right hash: every check behind it must hold by itself.
        var rng = new Rng(6);
        int refused = 0;
        for (int trial = 0; trial < 3000; trial++)
        {
            byte[] changed = [.. Bytes];
            int header = (int)BitConverter.ToInt64(changed), end = trial % 3 == 0 ? changed.Length : 8 + header;
            for (int change = 0; change <= trial % 3; change++)
            {
                int at = rng.NextInt(end);
                changed[at] = trial % 2 == 0 ? (byte)rng.NextInt(256) : (byte)("0123456789-.eE\"{}[],:"[rng.NextInt(21)]);
            }

            if (TrySign(changed) is { } signed && Refuses(signed))
                refused++;
        }

        Assert.InRange(refused, 500, 3000);
    }

    [Theory]
    [InlineData("\\\"format\\\":1", "\\\"format\\\":7", "newer Credence")]
    [InlineData("\\\"kind\\\":\\\"classifier\\\"", "\\\"kind\\\":\\\"clairvoyant\\\"", "'clairvoyant'")]
    [InlineData("\"dtype\":\"F32\"", "\"dtype\":\"F99\"", "F99")]
    [InlineData("\\\"classes\\\":[\\\"ant\\\",\\\"bee\\\"]", "\\\"classes\\\":[\\\"ant\\\",\\\"ant\\\"]", "contradict")]
    [InlineData("\\\"classes\\\":[\\\"ant\\\",\\\"bee\\\"]", "\\\"classes\\\":[\\\"ant\\\",\\\"b\\\",\\\"c\\\"]", "contradict")]
    public void AForgedDescription_IsRefusedSayingWhat(string written, string forged, string said)
    {
        int header = (int)BitConverter.ToInt64(Bytes);
        string json = Encoding.UTF8.GetString(Bytes, 8, header);
        Assert.Contains(written, json, StringComparison.Ordinal);
        byte[] changed = Encoding.UTF8.GetBytes(json.Replace(written, forged, StringComparison.Ordinal));
        byte[] file = [.. BitConverter.GetBytes((long)changed.Length), .. changed, .. Bytes[(8 + header)..]];

        var error = Assert.Throws<InvalidDataException>(() => ModelFile.FromBytes(Signed(file)));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    [InlineData(100_000_001L)]
    [InlineData(0L)]
    public void AHeaderLengthThatCantBe_IsRefusedBeforeAnythingIsAllocated(long length)
    {
        byte[] changed = [.. BitConverter.GetBytes(length), .. Bytes[8..]];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => ModelFile.FromBytes(changed));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static bool Refuses(byte[] file)
    {
        try
        {
            ModelFile.FromBytes(file);
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static byte[] Signed(byte[] file) =>
        TrySign(file) ?? throw new InvalidOperationException("The file has no place for its hash.");

    /// <summary>The file with the right hash, or null where the change hit the hash's own place.</summary>
    private static byte[]? TrySign(byte[] file)
    {
        byte[] mark = Encoding.ASCII.GetBytes("\"sha256\":\"");
        int at = file.AsSpan().IndexOf(mark) + mark.Length;
        if (at < mark.Length || at + 64 > file.Length)
            return null;

        byte[] others = [.. file[..at], .. file[(at + 64)..]];
        byte[] signed = [.. file];
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(others))).CopyTo(signed, at);
        return signed;
    }

    private static DataSet MakeRows()
    {
        const int Count = 160;
        var rng = new Rng(2);
        var kinds = new int[Count];
        double[] length = new double[Count], weight = new double[Count];
        var colours = new string?[Count];
        var texts = new string[Count];
        for (int row = 0; row < Count; row++)
        {
            kinds[row] = row % 2;
            length[row] = row % 17 == 0 ? double.NaN : kinds[row] + rng.NextNormal();
            weight[row] = rng.NextNormal();
            colours[row] = row % 5 == 0 ? null : kinds[row] == 0 ? "red" : rng.NextDouble() < 0.5 ? "red" : "green";
            texts[row] = kinds[row] == 0 ? "it crawls in the dust" : "it flies over the flowers";
        }

        return new DataSet(
            new Table([new NumberColumn("length", length), new NumberColumn("weight", weight), CategoryColumn.FromNames("colour", colours),
                TextColumn.FromStrings("note", texts)]),
            new Labels(kinds, ["ant", "bee"]));
    }
}
