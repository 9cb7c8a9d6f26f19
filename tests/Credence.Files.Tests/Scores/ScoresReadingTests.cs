using Credence.Data;
using Credence.Data.Scores;
using Credence.Files.Inputs;
using Credence.Files.Scores;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Scores;

public sealed class ScoresReadingTests
{
    [Theory]
    [InlineData("score,label\n0.9,fraud\n0.2,ok\n", "fraud", "ok", "fraud")]
    [InlineData("score,label\n0.9,a\n0.2,b\n", "a", "b", "a")]
    [InlineData("ham,label\n0.9,ham\n0.2,spam\n", null, "spam", "ham")]
    [InlineData("score,label\n0.9,Yes\n0.2,No\n", null, "No", "Yes")]
    [InlineData("score,label\n0.9,true\n0.2,false\n", null, "false", "true")]
    [InlineData("score,label\n0.9,1.0\n0.2,0.0\n", null, "0.0", "1.0")]
    [InlineData("score,label\n0.9,1\n0.2,1\n", null, "0", "1")]
    [InlineData("score,label\n0.9,0\n0.2,0\n", null, "0", "1")]
    public void OneColumn_IsForThePositiveClass(string text, string? positive, string other, string found)
    {
        SavedScores scores = Read(text, new ReadOptions { Positive = positive });

        Assert.Equal([other, found], scores.Classes);
        Assert.Equal([0.1, 0.9, 0.8, 0.2], scores.Values.Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void NumbersWithADecimalComma_AreRead_WhereTheOptionSaysSo()
    {
        const string Text = "a;b;label\n0,25;0,75;b\n-1,5;2;a\n";

        Assert.Equal([0.25, 0.75, -1.5, 2], Read(Text, new ReadOptions { Decimal = ',' }).Values);
        Assert.Contains("set ReadOptions.Decimal to ','", Assert.Throws<InvalidDataException>(() => Read(Text, new ReadOptions())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void KeptColumns_AreCarriedThrough_AndAreNoClasses()
    {
        SavedScores scores = Read("id,a,b,label\n007,0.2,0.8,b\nx 1,0.7,0.3,a\n", new ReadOptions { Keep = ["id", "label"] });

        Assert.Equal(["a", "b"], scores.Classes);
        Assert.Equal(["007", "x 1"], scores.Kept[0].Cells);
        Assert.Equal(["b", "a"], scores.Kept[1].Cells);
        Assert.Throws<ArgumentException>(() => Read("a,b,label\n0.2,0.8,b\n", new ReadOptions { Keep = ["key"] }));
    }

    [Fact]
    public void OneColumnOfUnknownClass_IsRefused()
    {
        Assert.Contains("it is unknown which", Assert.Throws<ArgumentException>(() =>
            Read("score,label\n0.9,fraud\n0.2,ok\n", new ReadOptions())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Read("score,label\n0.9,fraud\n0.2,ok\n", new ReadOptions { Positive = "spam" }));
        Assert.Throws<ArgumentException>(() => Read("a,b,label\n0.9,0.1,a\n0.2,0.8,b\n", new ReadOptions { Positive = "a" }));
    }

    [Fact]
    public void LabelsAreMatchedAsValues_BeforePositions()
    {
        Assert.Equal([1, 0, 0], Read("1,0,label\n0.8,0.2,0.0\n0.8,0.2,1.0\n0.3,0.7,1\n", new ReadOptions { HasHeader = true })
            .Labels!.Indices.ToArray());
    }

    [Fact]
    public void LabelsThatMayCountFromOne_AreRefused()
    {
        string message = Assert.Throws<InvalidDataException>(() =>
            Read("ant,cat,dog,label\n0.2,0.8,0,1\n0.2,0.8,0,2\n", new ReadOptions())).Message;
        Assert.Contains("may count from 1", message, StringComparison.Ordinal);
        Assert.Equal([1, 0], Read("ant,cat,dog,label\n0.2,0.8,0,1\n0.2,0.8,0,0\n", new ReadOptions()).Labels!.Indices.ToArray());
    }

    [Fact]
    public void IgnoredLabels_AreMissing()
    {
        SavedScores scores = Read("0,1,label\n0.2,0.8,-100\n0.2,0.8,1\n0.2,0.8,-1\n", new ReadOptions { HasHeader = true });

        Assert.Equal([Labels.Missing, 1, Labels.Missing], scores.Labels!.Indices.ToArray());
        Assert.Contains(scores.Notes, note => note.StartsWith("2 rows are labelled −1 or −100", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("id,cat,dog,label\n7,0.2,0.8,cat\n3,0.3,0.7,dog\n9,0.6,0.4,cat\n")]
    [InlineData("number,cat,dog,label\n1,0.2,0.8,cat\n2,0.3,0.7,dog\n3,0.6,0.4,cat\n")]
    [InlineData("cat,dog,sure,label\n0.2,0.8,0.8,cat\n0.3,0.7,0.7,dog\n0.6,0.4,0.6,cat\n")]
    public void NumbersOfRowsAndConfidences_AreNoClasses(string text)
    {
        SavedScores scores = Read(text, new ReadOptions());

        Assert.Equal(["cat", "dog"], scores.Classes);
        Assert.Equal([0.2, 0.8, 0.3, 0.7, 0.6, 0.4], scores.Values);
        Assert.Contains(scores.Notes, note => note.Contains("the classes are 'cat', 'dog'", StringComparison.Ordinal));
    }

    [Fact]
    public void WeightsPartsAndTimes_AreReadByValue()
    {
        SavedScores scores = Read(
            "a,b,label,w,part,day\n0.2,0.8,a,2,train,2026-01-02\n0.3,0.7,b,0.5,test,2026-01-03\n",
            new ReadOptions { Weight = "w", SplitColumn = "part", SplitByTime = "day" });

        Assert.Equal(["a", "b"], scores.Classes);
        Assert.Equal([2, 0.5], scores.Weights!);
        Assert.Equal(["train", "test"], scores.Parts!);
        Assert.Equal(TimeSpan.TicksPerDay, scores.Times![1] - scores.Times[0]);
        Assert.Contains("'x'; a weight is a number", Assert.Throws<InvalidDataException>(() =>
            Read("a,b,label,w\n0.2,0.8,a,x\n", new ReadOptions { Weight = "w" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MarkersOfMissingCells_LeaveALabelOut_AndRefuseAScore()
    {
        var options = new ReadOptions { Missing = ["-999"] };

        Assert.Equal([0, Labels.Missing], Read("a,b,label\n0.2,0.8,a\n0.3,0.7,-999\n", options).Labels!.Indices.ToArray());
        Assert.Contains("the score is missing", Assert.Throws<InvalidDataException>(() =>
            Read("a,b,label\n-999,0.8,a\n", options)).Message, StringComparison.Ordinal);
    }

    private static SavedScores Read(string text, ReadOptions options)
    {
        using var scratch = new Scratch();
        return SavedScores.Read(scratch.Write("s.csv", text), options, ScoreKind.Probabilities);
    }
}
