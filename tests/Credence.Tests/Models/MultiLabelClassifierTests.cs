using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Evaluation.Results;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Models;

public sealed class MultiLabelClassifierTests
{
    private static readonly DataSet Rows = MakeRows(400, 3);
    private static readonly MultiLabelFit Fit = new MultiLabelLearner().Fit(Rows);
    private static readonly byte[] Bytes = ModelFile.ToBytes(Fit.Classifier);

    [Fact]
    public void Classifier_ComesBackToTheBit()
    {
        MultiLabelClassifier saved = Assert.IsType<MultiLabelClassifier>(ModelFile.FromBytes(Bytes));

        Assert.Equal(Bytes, ModelFile.ToBytes(saved));
        IReadOnlyList<Prediction> before = Fit.Classifier.Predict(Rows.Features, top: 2), after = saved.Predict(Rows.Features, top: 2);
        for (int row = 0; row < Rows.Rows; row++)
        {
            Assert.Equal(before[row].Labels!, after[row].Labels!);
            Assert.Equal(before[row].Top, after[row].Top);
        }
    }

    [Fact]
    public void Learning_TwiceGivesTheSameBytes() =>
        Assert.Equal(Bytes, ModelFile.ToBytes(new MultiLabelLearner(new() { MaxThreads = 1 }).Fit(Rows).Classifier));

    [Fact]
    public void EveryTruncation_AndContradiction_IsRefused()
    {
        for (int length = 0; length < Bytes.Length; length += 1 + (Bytes.Length / 50))
            Assert.Throws<InvalidDataException>(() => ModelFile.FromBytes(Bytes[..length]));
    }

    [Fact]
    public void Labels_AreThoseAtOrAboveTheirThreshold_TheSurestFirst()
    {
        MultiLabelClassifier classifier = Fit.Classifier;
        Probabilities p = classifier.Calibrator.Apply(classifier.Score(Rows.Features));
        IReadOnlyList<Prediction> predictions = classifier.Predict(Rows.Features, top: 3);

        for (int row = 0; row < Rows.Rows; row++)
        {
            int own = row;
            string[] said = [.. Enumerable.Range(0, 3).Where(k => p.Row(own)[k] >= classifier.Thresholds[k])
                .OrderByDescending(k => p.Row(own)[k]).Select(k => classifier.Classes[k])];
            Assert.Equal(said, predictions[row].Labels!.Select(one => one.Label));
            Assert.Equal(p.Row(row).ToArray().Max(), predictions[row].Probability);
            Assert.Equal(3, predictions[row].Top.Count);
        }
    }

    [Fact]
    public void NewRows_ArePredictedWithCalibratedProbabilities()
    {
        MultiLabelEvaluation evaluation = Fit.Classifier.Evaluate(MakeRows(2000, 4));

        Assert.InRange(evaluation.Calibrated[MetricName.MacroF1].Value, 0.6, 1);
        Assert.True(evaluation.Calibrated[MetricName.MacroF1].Value >= evaluation.Uncalibrated[MetricName.MacroF1].Value - 0.01);
        Assert.InRange(evaluation.Calibrated[MetricName.ClasswiseEce].Value, 0, 0.06);
    }

    [Fact]
    public void Classes_AreMatchedByName()
    {
        DataSet rows = MakeRows(300, 4);
        int[] order = [2, 0, 1];
        LabelSets renamed = LabelSets.From(
            Enumerable.Range(0, rows.Rows)
                .Select(row => (int[])[.. rows.LabelSets![row].ToArray().Select(k => order[k]).Order()]), ["c1", "c2", "c0"]);

        Assert.Equal(
            Fit.Classifier.Evaluate(rows).Calibrated.Values(), Fit.Classifier.Evaluate(rows with { LabelSets = renamed })
                .Calibrated.Values());
        LabelSets unknown = LabelSets.From(Enumerable.Repeat<int[]>([0], rows.Rows), ["x"]);
        Assert.Throws<InvalidDataException>(() => LabelMatching.ToClasses(new Labels([0], ["x"]), ["c0", "c1"]));
        LabelMatching.ToClasses(unknown, ["c0", "c1", "c2"], out UnseenLabels? unseen);
        Assert.NotNull(unseen);
    }

    [Theory]
    [InlineData("platt")]
    [InlineData("beta")]
    public void Calibration_OfAClass_IsThatOfItAgainstTheRest(string method)
    {
        var rng = new Rng(1);
        double[] z = [.. Enumerable.Range(0, 500).Select(_ => 3 * rng.NextNormal())];
        bool[] yes = [.. z.Select(odds => rng.NextDouble() < Sigmoid.Compute((0.6 * odds) - 0.5))];

        Probabilities classwise =
            ClasswiseCalibration.Fit(method, new Logits([.. z], 1), LabelSets.From(yes.Select(one => one ? (int[])[0] : []), ["yes"]))
            .Apply(new Logits([.. z], 1));
        Probabilities two = CalibrationMethods.Find(method)!.Fit(
            new Logits([.. z.SelectMany(odds => (double[])[0, odds])], 2), new Labels([.. yes.Select(one => one ? 1 : 0)], ["no", "yes"]))
            .Apply(new Logits([.. z.SelectMany(odds => (double[])[0, odds])], 2));

        for (int row = 0; row < z.Length; row++)
            Assert.Equal(two.Row(row)[1], classwise.Row(row)[0], 1e-9);
    }

    [Fact]
    public void RowsWithNothingToTellApart_AreRefused()
    {
        DataSet rows = MakeRows(20, 5);
        DataSet all = rows with { LabelSets = LabelSets.From(Enumerable.Repeat<int[]>([0, 1], 20), ["a", "b"]) };

        Assert.Contains("all 20 rows or in none", Assert.Throws<InvalidDataException>(() => new MultiLabelLearner().Fit(all))
            .Message, StringComparison.Ordinal);
        Assert.Contains("one label each", Assert.Throws<ArgumentException>(() => new MultiLabelLearner(new() { ConformalFraction = 0.1 }))
            .Message, StringComparison.Ordinal);
    }

    /// <summary>Rows told by the same lines whatever the seed.</summary>
    private static DataSet MakeRows(int rows, ulong seed)
    {
        var rng = new Rng(seed);
        double[] a = [.. Enumerable.Range(0, rows).Select(_ => rng.NextNormal())],
            b = [.. Enumerable.Range(0, rows).Select(_ => rng.NextNormal())];
        return new DataSet(new Table([new NumberColumn("a", a), new NumberColumn("b", b)], rows), null)
        {
            LabelSets = TrainingData.SetsOf(Enumerable.Range(0, rows).Select(i => (int[])
            [
                .. a[i] + b[i] + (0.7 * rng.NextNormal()) > 0 ? (int[])[0] : [], .. a[i] - b[i] + (0.7 * rng.NextNormal()) > 1 ? (int[])[1]
                    : [],
                .. b[i] + (0.7 * rng.NextNormal()) > 1 ? (int[])[2] : [],
            ]), 3),
        };
    }
}
