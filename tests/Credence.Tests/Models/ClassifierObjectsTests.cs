using Credence.Data;
using Credence.Data.Columns;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Numerics;

namespace Credence.Tests.Models;

/// <summary>Training on objects, and predicting one.</summary>
public class ClassifierObjectsTests
{
    [Fact]
    public void OneObject_IsPredictedAsItsRow()
    {
        Visit[] visits = Visits(300);
        EvaluatedFit fit = new ClassifierLearner().FitAndEvaluate(DataSet.From(visits, nameof(Visit.Kind)));

        Prediction one = fit.Classifier.PredictOne(visits[0], new() { Top = 3 });

        Assert.Equal(fit.Classifier.PredictAll(visits, new() { Top = 3 })[0].Top, one.Top);
        Assert.Equal("Paid", fit.Classifier.PredictOne(new { Price = 9.0, Country = "NL", Unused = Guid.Empty }).Label);
        Assert.Equal("Free", fit.Classifier.PredictOne(new Visit(-9, "NL", null)).Label);
        Assert.Contains("'Country' is absent", Assert.Throws<InvalidDataException>(() => fit.Classifier.PredictOne(new { Price = 1.0 }))
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASavedModel_KnowsItsDataAndFigures()
    {
        DataSet data = DataSet.From([.. Visits(300), new Visit(1, "NL", null)], nameof(Visit.Kind));
        EvaluatedFit fit = new ClassifierLearner().FitAndEvaluate(data);

        var back = (Classifier)ModelFile.FromBytes(ModelFile.ToBytes(fit.Classifier));

        Assert.Equal("301 objects of type Visit, label 'Kind'", back.Facts.Data);
        Assert.Equal(64, back.Facts.DataFingerprint.Length);
        Assert.Equal((240, 60), (back.Facts.TrainRows, back.Facts.TestRows));
        Assert.Equal(fit.Evaluation.Calibrated["log_loss"].Value, back.Facts.TestMetrics["log_loss"]);
        Assert.Contains("1 of 301 rows have no label and are left out", fit.Notes);
        Assert.Equal(fit.Classifier.Facts.DataFingerprint,
            new ClassifierLearner().FitAndEvaluate(data).Classifier.Facts.DataFingerprint);
    }

    [Fact]
    public void AModelOfOneColumn_TakesTheCellItself()
    {
        var rng = new Rng(4);
        string[] labels = [.. Enumerable.Range(0, 200).Select(row => row % 2 == 0 ? "low" : "high")];
        float[][] rows = [.. labels.Select(label => label == "low" ? -2 : 2)
            .Select(mean => new[] { (float)rng.NextNormal() + mean, (float)rng.NextNormal() })];
        string[] texts = [.. labels.Select((label, row) => $"{(label == "low" ? "cheap" : "dear")} thing number {row % 7}")];

        Classifier ofNumbers = new ClassifierLearner().Fit(DataSet.From(rows, labels)).Classifier;
        Classifier ofTexts = new ClassifierLearner().Fit(DataSet.From(texts, labels)).Classifier;

        Assert.Equal("high", ofNumbers.PredictOne(new float[] { 3, 0 }).Label);
        Assert.Equal("low", ofTexts.PredictOne("a cheap one").Label);
        Assert.Equal(ColumnKind.Text, Assert.Single(ofTexts.Pipeline.Inputs).Kind);
        Classifier ofTwo = new ClassifierLearner().Fit(DataSet.From(Visits(100), nameof(Visit.Kind))).Classifier;
        Assert.Contains("the model reads 2 columns: 'Price', 'Country'",
            Assert.Throws<ArgumentException>(() => ofTwo.PredictOne("text")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APrediction_ReadsLikeOne()
    {
        LabelProbability[] top = [new("cat", 0.9142), new("dog", 0.99999), new("owl", 1e-9), new("eel", 1), new("ant", 0)];
        Assert.Equal(["cat 91.4 %", "dog >99.9 %", "owl <0.1 %", "eel 100.0 %", "ant 0.0 %"], top.Select(one => one.ToString()));
        Assert.Equal("cat 91.4 %", new Prediction("cat", 0.9142, top[..1], null, false).ToString());
        Assert.Equal(
            "cat 91.4 %; set: cat, dog; action: keep (expected cost 0.25); outlier (p = 0.01); 1 missing cell; abstains: lost",
            new Prediction("cat", 0.9142, top[..1], ["cat", "dog"], true)
            {
                Action = "keep",
                ExpectedCost = 0.25,
                IsOutlier = true,
                OutlierPValue = 0.01,
                MissingCells = 1,
                Reason = "lost",
            }.ToString());
        Assert.Equal("no label (the most probable: cat 91.4 %)",
            new Prediction("cat", 0.9142, top[..1], null, false) { Labels = [] }.ToString());
    }

    private static Visit[] Visits(int rows)
    {
        var rng = new Rng(3);
        return
        [
            .. Enumerable.Range(0, rows).Select(row => new Visit(
                rng.NextNormal() + (row % 2 == 0 ? 2 : -2), rng.NextInt(2) == 0 ? "NL" : "DE", row % 2 == 0 ? Kind.Paid : Kind.Free)),
        ];
    }

    private enum Kind
    {
        Free,
        Paid,
    }

    private sealed record Visit(double Price, string Country, Kind? Kind);
}
