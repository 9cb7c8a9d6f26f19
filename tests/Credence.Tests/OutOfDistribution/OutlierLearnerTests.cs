using Credence.Data;
using Credence.Data.Columns;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Numerics;
using Credence.OutOfDistribution;

namespace Credence.Tests.OutOfDistribution;

public class OutlierLearnerTests
{
    private const int Columns = 6;
    private static readonly double[] Off = [4, -14, -5];

    public static TheoryData<FeatureScore, double> Scores => new()
    {
        { FeatureScore.Mahalanobis, 0 }, { FeatureScore.RelativeMahalanobis, 0 }, { FeatureScore.Neighbours, 0 },
            { FeatureScore.VirtualLogit, 0 },
        { FeatureScore.Mahalanobis, 0.3 }, { FeatureScore.VirtualLogit, 0.3 },
    };

    /// <summary>Of 120 rows each is a reference row, by folds; at a rate of .001 the 120 can't flag any, and that is said.</summary>
    [Fact]
    public void FewRows_AllServeAsReference_AndARateTheyCantReachIsSaid()
    {
        ClassifierFit fit = new ClassifierLearner(new() { FeatureOutliers = FeatureScore.Mahalanobis }).Fit(Draw(120, false, seed: 1));
        Assert.Equal(120, fit.Classifier.Outliers!.Rows);
        DataSet strange = Draw(50, true, seed: 3);
        Assert.InRange(fit.Classifier.Predict(strange.Features).Count(prediction => prediction.IsOutlier == true), 40, 50);
        Assert.InRange(Alarms(fit.Classifier, Draw(600, false, seed: 2)), 0, 0.2);
        var notes = new List<string>();
        Assert.DoesNotContain(
            fit.Classifier.Predict(strange.Features, new PredictionOptions { FalseAlarmRate = 0.001 }, notes),
            prediction => prediction.IsOutlier == true);
        Assert.Contains(notes, note => note.Contains("the rate needs 999 reference rows", StringComparison.Ordinal));
        Assert.Null(fit.Classifier.Outliers.TooFewRowsFor(1.0 / 121));
        ClassifierFit least = new ClassifierLearner(new() { Outliers = LogitScore.Energy }).Fit(Draw(15, false, seed: 5));
        Assert.Contains(least.Notes, note => note.Contains("the rate needs 19 reference rows", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Scores))]
    public void FeatureScores_AlarmOnKnownRowsAsOftenAsChosen_AndFindOutliers_AlsoFromTheFile(FeatureScore score, double apart)
    {
        Classifier classifier = new ClassifierLearner(new() { FeatureOutliers = score, ConformalFraction = apart })
            .Fit(Draw(900, false, seed: 1)).Classifier;
        Classifier back = (Classifier)ModelFile.FromBytes(ModelFile.ToBytes(classifier));
        DataSet known = Draw(600, false, seed: 2), strange = Draw(200, true, seed: 3);

        double alarms = Alarms(back, known), found = Alarms(back, strange);

        // 180 or 270 rows tell the threshold: a standard deviation of .02 on top of that of 600 rows, .012.
        Assert.InRange(alarms, 0.03, 0.18);
        Assert.InRange(found, 0.9, 1);
        Assert.Equal(classifier.ScoreWithOutliers(known.Features).OutlierScores, back.ScoreWithOutliers(known.Features).OutlierScores);
        Assert.Equal(classifier.ScoreWithOutliers(known.Features, maxThreads: 1)
            .OutlierScores, back.ScoreWithOutliers(known.Features, maxThreads: 3).OutlierScores);
    }

    [Fact]
    public void FeatureScores_OfTooManyFeatures_AreRefused()
    {
        DataSet rows = Draw(60, false, seed: 4);
        var rng = new Rng(5);
        var wide = new Table(
            [.. rows.Features.Columns,
            new VectorColumn("wide", [.. Enumerable.Range(0, 60 * 1024).Select(_ => (float)rng.NextNormal())], 60, 1024)], 60);

        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => new ClassifierLearner(new() { FeatureOutliers = FeatureScore.Mahalanobis }).Fit(new DataSet(wide, rows.Labels)));

        Assert.Contains("at most 1,024 features; there are 1,0", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() =>
            new ClassifierLearner(new() { FeatureOutliers = FeatureScore.Neighbours, Outliers = LogitScore.Energy }));
    }

    private static double Alarms(Classifier classifier, DataSet rows) =>
        classifier.Predict(rows.Features, new() { FalseAlarmRate = 0.1 }).Average(prediction => prediction.IsOutlier == true ? 1.0 : 0);

    /// <summary>Three classes in the first three columns, nearly repeated by the others; what is strange lies elsewhere, and is not
    /// repeated.</summary>
    private static DataSet Draw(int rows, bool isOutlier, ulong seed)
    {
        var rng = new Rng(seed);
        var values = new double[Columns][];
        for (int j = 0; j < Columns; j++)
            values[j] = new double[rows];

        var names = new string?[rows];
        for (int row = 0; row < rows; row++)
        {
            int label = rng.NextInt(3);
            names[row] = $"c{label}";
            for (int j = 0; j < 3; j++)
            {
                values[j][row] = rng.NextNormal() + (isOutlier ? Off[j] : j == label ? 2.5 : 0);
                values[j + 3][row] = isOutlier ? rng.NextNormal() : values[j][row] + (0.3 * rng.NextNormal());
            }
        }

        return new DataSet(new Table([.. values.Select((column, j) => new NumberColumn($"x{j}", column))], rows),
            Labels.From(CategoryColumn.FromNames("kind", names)));
    }
}
