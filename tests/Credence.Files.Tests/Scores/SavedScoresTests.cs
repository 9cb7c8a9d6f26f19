using Credence.Data;
using Credence.Data.Scores;
using Credence.Files.Inputs;
using Credence.Files.Scores;
using Credence.Files.Tests.Support;
using Credence.Fuzz.Seeds;

namespace Credence.Files.Tests.Scores;

/// <summary>A message about a score says where it stands: by line in text, counted from 0 in arrays; and what would be right.</summary>
public class SavedScoresTests
{
    private static readonly byte[] Logits = ArrayBytes.Npy<double>("<f8", "(3, 2)", 1, 2, 3, 4, 5, 6);

    [Theory]
    [InlineData("a,b,label\n1,2,a\n1,nan,b\n", "s.csv line 3, column 'b': the score 'nan' is not finite.")]
    [InlineData("a,b,label\n1,2,a\n1,,b\n", "s.csv line 3, column 'b': the cell is empty; every class needs a score.")]
    [InlineData("a,b,label\n1,2,a\n1,x,b\n", "s.csv line 3, column 'b': 'x' is not a number; every class needs a score.")]
    [InlineData("a;b;label\n0,1;0,9;a\n", "s.csv line 2, column 'a': '0,1' is not a number. It is written with a decimal comma: set "
        + "ReadOptions.Decimal to ','.")]
    [InlineData("a,b,label\n10%,90 %,a\n", "s.csv line 2, column 'a': '10%' is not a number; save it without the percent sign.")]
    [InlineData("a,b,label\n1,2,a\n1,2,c\n", "s.csv line 3: the label 'c' is not one of the 2 classes 'a', 'b'.")]
    [InlineData("a,b,label\n1,2,1\n1,2,2\n",
        "s.csv line 3: the label '2' is not one of the 2 classes 'a', 'b'. Labels that count from 1 need 1 subtracted from each.")]
    [InlineData("a,b,label\n1,2,0\n1,2,2\n", "s.csv line 3: the label '2' is not one of the 2 classes 'a', 'b'.")]
    [InlineData("a,b,label\n1,2,0\n1,2,1.5\n", "s.csv line 3: the label '1.5' is not one of the 2 classes 'a', 'b'.")]
    public void Text_IsRefusedByLine(string text, string said) =>
        Assert.Equal(said, Refusal("s.csv", System.Text.Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("<f8", 7, double.NaN, "s.npz, array 'logits' row 1, column 1 (counted from 0): the score NaN is not finite.")]
    [InlineData("<f8", 7, double.PositiveInfinity, "s.npz, array 'logits' row 1, column 1 (counted from 0): the score ∞ is not finite.")]
    public void AnArray_IsRefusedByRow_CountedFromZero(string descr, double other, double bad, string said) =>
        Assert.Equal(said, Refusal("s.npz",
            ArrayBytes.Npz(("logits", ArrayBytes.Npy(descr, "(3, 2)", 1, 2, other, bad, 5, 6)),
            ("labels", ArrayBytes.Npy<byte>("|u1", "(3,)", 0, 1, 0)))));

    [Fact]
    public void LabelsOfArrays_AreRefusedByRow_InTheArrayTheyStandIn()
    {
        Assert.Equal(
            "s.npz, array 'labels' row 2 (counted from 0): the label '5' is not one of the 2 classes, 0 to 1.",
            Refusal("s.npz", ArrayBytes.Npz(("logits", Logits), ("labels", ArrayBytes.Npy<byte>("|u1", "(3,)", 0, 1, 5)))));
        Assert.Equal(
            "s.npz, array 'y' row 0 (counted from 0) is not a label; a label is one number per row, or a one-hot row.",
            Refusal("s.npz", ArrayBytes.Npz(("logits", Logits), ("y", ArrayBytes.Npy<byte>("|u1", "(3, 2)", 0, 2, 1, 0, 0, 1)))));
        Assert.Equal(
            "s.npz, array 'labels' row 0 (counted from 0): the label 'a' is not one of the 2 classes, 0 to 1. Name the classes: by an "
                + "array 'classes', a header, or ReadOptions.LabelNames.",
            Refusal("s.npz", ArrayBytes.Npz(("logits", Logits), ("labels", ArrayBytes.Npy("|S1", "(3,)", "aba"u8)))));
    }

    [Fact]
    public void LabelsOfTheirOwnFile_AreRefusedByItsLines()
    {
        using var scratch = new Scratch();
        string scores = scratch.Write("s.csv", "a,b\n1,2\n3,4\n"), labels = scratch.Write("l.csv", "id,label\n7,a\n8,c\n");
        var error = Assert.Throws<InvalidDataException>(() => SavedScores.Read(scores, new ReadOptions { LabelsFile = labels }));
        Assert.Equal("l.csv line 3: the label 'c' is not one of the 2 classes 'a', 'b'.", scratch.Plain(error));
    }

    [Fact]
    public void WholeNumbersWithAPoint_AreClassesNumbers()
    {
        using var scratch = new Scratch();
        Labels labels = SavedScores.Read(scratch.Write("s.csv", "a,b,label\n1,2,1.0\n1,2,\n3,4,0.0\n"), new ReadOptions()).Labels!;
        Assert.Equal([1, Labels.Missing, 0], labels.Indices.ToArray());
    }

    [Fact]
    public void PlaceOf_NamesLineAndColumn_OrRowAndColumnCountedFromZero()
    {
        using var scratch = new Scratch();
        SavedScores text = SavedScores.Read(scratch.Write("s.csv", "a,b,label\n1,2,a\n\n3,4,b\n"), new ReadOptions());
        SavedScores array = SavedScores.Read(scratch.Write("s.npz", ArrayBytes.Npz(("logits", Logits))), new ReadOptions());
        Assert.Equal("s.csv line 4, column 'b'", scratch.Plain(text.PlaceOf(1, 1)));
        Assert.Equal("s.csv line 4", scratch.Plain(text.PlaceOf(1)));
        Assert.Equal("s.npz, array 'logits' row 1 (counted from 0), column 1", scratch.Plain(array.PlaceOf(1, 1)));
    }

    [Fact]
    public void OneColumnOfProbabilities_MustBeSome()
    {
        using var scratch = new Scratch();
        string path = scratch.Write("s.csv", "score,label\n0.2,0\n1.5,1\n");
        var error = Assert.Throws<InvalidDataException>(() =>
            SavedScores.Read(path, new ReadOptions(), otherwise: ScoreKind.Probabilities));
        Assert.Equal("s.csv line 3: the one column of scores holds 1.5; a probability is from 0 to 1.", scratch.Plain(error));
    }

    [Theory]
    [InlineData("s.json", "[[1,2],[3,4]]", "s.json is one JSON list of other values than objects")]
    [InlineData("s.pkl", "\u0080\u0004\u0095\u0000", "s.pkl is a Python pickle")]
    public void OtherFormats_AreNamed(string name, string content, string said) =>
        Assert.StartsWith(said, Refusal(name, System.Text.Encoding.Latin1.GetBytes(content)), StringComparison.Ordinal);

    [Fact]
    public void ScoresInJsonLines_AreRead()
    {
        using var scratch = new Scratch();
        string path = scratch.Write("s.jsonl",
            "{\"id\":\"x7\",\"a\":0.25,\"b\":0.75,\"label\":\"b\"}\n{\"a\":1,\"b\":0,\"label\":\"a\",\"id\":\"x8\"}\n");
        SavedScores scores = SavedScores.Read(path, new ReadOptions(), ScoreKind.Probabilities);
        Assert.Equal([0.25, 0.75, 1, 0], scores.Values);
        Assert.Equal([1, 0], scores.Labels!.Indices.ToArray());
        Assert.Contains(scores.Notes, note => note.Contains("'id' holds texts and is no class", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatStandsBesideProbabilities_IsNoClass()
    {
        using var scratch = new Scratch();
        string path = scratch.Write("s.csv", "cat,dog,seconds,patient,label\n0.25,0.75,0.9,p1,dog\n1,0,0.2,p1,cat\n0.5,0.5,0.1,p2,cat\n");
        SavedScores scores = SavedScores.Read(path, new ReadOptions(), ScoreKind.Probabilities);
        Assert.Equal(["cat", "dog"], scores.Classes);
        Assert.Equal([0.25, 0.75, 1, 0, 0.5, 0.5], scores.Values);
        Assert.Contains(scores.Notes, note => note.Contains("'seconds' is no class", StringComparison.Ordinal));

        // Without the sum to tell, a column of numbers is a class that no row has, and that is said.
        SavedScores logits = SavedScores.Read(
            scratch.Write("l.csv", "cat,dog,seconds,label\n2,-1,0.9,dog\n1,0,0.2,cat\n"), new ReadOptions(), ScoreKind.Logits);
        Assert.Equal(["cat", "dog", "seconds"], logits.Classes);
        Assert.Contains(logits.Notes, note => note.Contains("no row is labelled 'seconds'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("9")]
    [InlineData("9.0")]
    public void TheIgnoredLabel_LeavesItsRowsWithoutOne(string ignored)
    {
        using var scratch = new Scratch();
        string path = scratch.Write("s.csv", "0,1,label\n0.3,0.7,1\n0.3,0.7,9\n0.3,0.7,0\n");
        SavedScores scores = SavedScores.Read(path, new ReadOptions { IgnoreLabel = ignored }, ScoreKind.Probabilities);
        Assert.Equal([1, Labels.Missing, 0], scores.Labels!.Indices.ToArray());
        string without = scratch.Write("w.csv", "0,1,label\n0.3,0.7,1\n0.3,0.7,0\n");
        Assert.Throws<ArgumentException>(() =>
            SavedScores.Read(without, new ReadOptions { IgnoreLabel = ignored }, ScoreKind.Probabilities));
        Assert.Throws<InvalidDataException>(() => SavedScores.Read(path, new ReadOptions(), ScoreKind.Probabilities));
    }

    [Fact]
    public void AnArray_IsFoundByItsName_OrTheOneThatIsAskedFor()
    {
        using var scratch = new Scratch();
        byte[] labels = ArrayBytes.Npy<byte>("|u1", "(3,)", 0, 1, 0);
        string sklearn = scratch.Write("a.npz", ArrayBytes.Npz(("y_prob", Logits), ("y_true", labels), ("extra", Logits)));
        string own = scratch.Write("b.npz",
            ArrayBytes.Npz(("first", Logits), ("second", ArrayBytes.Npy("<f8", "(3, 2)", 9.0, 8, 7, 6, 5, 4)),
            ("labels", labels)));
        Assert.Equal(ScoreKind.Probabilities, SavedScores.Read(sklearn, new ReadOptions()).Kind);
        Assert.Equal([0, 1, 0], SavedScores.Read(sklearn, new ReadOptions()).Labels!.Indices.ToArray());
        Assert.Equal([9.0, 8, 7, 6, 5, 4], SavedScores.Read(own, new ReadOptions { Array = "second" }, ScoreKind.Logits).Values);
        Assert.Contains("ReadOptions.Array", Refusal("b.npz", File.ReadAllBytes(own)), StringComparison.Ordinal);
    }

    [Fact]
    public void Utf32_IsRead()
    {
        using var scratch = new Scratch();
        foreach (bool isBig in new[] { false, true })
        {
            var encoding = new System.Text.UTF32Encoding(isBig, true);
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("ä,b,label\n1,2,ä\n3,4,b\n")];
            Assert.Equal(["ä", "b"], SavedScores.Read(scratch.Write("s.csv", bytes), new ReadOptions()).Classes);
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public void LinesLongerThanTheHead_AreReadWhole(string end)
    {
        const int classes = 40_000;
        using var scratch = new Scratch();
        string text = string.Join(',', Enumerable.Range(0, classes).Select(k => $"class{k}")) + ",label\n"
            + string.Concat(Enumerable.Repeat("0,", classes)) + "class7" + end;
        SavedScores scores = SavedScores.Read(scratch.Write("s.csv", text), new ReadOptions());
        Assert.Equal(classes, scores.Classes.Count);
        Assert.Equal(7, scores.Labels![0]);
    }

    private static string Refusal(string name, byte[] bytes)
    {
        using var scratch = new Scratch();
        return scratch.Plain(Assert.Throws<InvalidDataException>(() => SavedScores.Read(scratch.Write(name, bytes), new ReadOptions())));
    }
}
