using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Tests.Support;

namespace Credence.Tests.Calibration.Selection;

public class GroupSelectionTests
{
    [Fact]
    public void GroupsThatDiffer_GetACalibratorEach_AndRowsOfOthersTheOneForAll()
    {
        (SimulatedScores both, Labels groups) = Two(0.4, 2.5);
        CalibratorSelection pooled =
            CalibratorSelection.Choose(both.Logits, both.Labels, options: new() { Methods = ["none", "temperature"] });

        var choice = GroupSelection.Choose(pooled, both.Logits, both.Labels, groups);

        Assert.True(choice.Gain > 0.05);
        Assert.StartsWith("'temperature' per group lowers", choice.Reason, StringComparison.Ordinal);
        double[] temperatures = [.. choice.Calibrator!.GroupNames.Select(name => Temperature(choice.Calibrator, name))];
        Assert.Equal([2.5, 0.4], temperatures, (a, b) => Math.Abs((a / b) - 1) < 0.15);
        (Probabilities some, int pooledRows) = choice.Calibrator.Apply(both.Logits.Select([0, 1, 2]), ["south", "east", null]);
        Assert.Equal(2, pooledRows);
        Assert.NotEqual(pooled.Calibrator.Apply(both.Logits.Select([0])).Row(0)[0], some.Row(0)[0]);
        Assert.Equal(choice.Calibrator.Pooled.Apply(both.Logits.Select([1])).Row(0)[0], some.Row(1)[0]);

        // The scores are the truth's divided by 0.4 or by 2.5, so the temperatures found are 1/0.4 and 1/2.5.
        double Temperature(GroupCalibrator calibrator, string name)
        {
            Probabilities p = calibrator.Apply(new Logits([1, 0, 0], 3), [name]).Probabilities;
            return 1 / Credence.Numerics.Log.Compute(p.Row(0)[0] / p.Row(0)[1]);
        }
    }

    [Fact]
    public void GroupsThatAreAlike_ShareOne()
    {
        (SimulatedScores both, Labels groups) = Two(0.5, 0.5);
        CalibratorSelection pooled =
            CalibratorSelection.Choose(both.Logits, both.Labels, options: new() { Methods = ["none", "temperature"] });

        var choice = GroupSelection.Choose(pooled, both.Logits, both.Labels, groups);

        Assert.Null(choice.Calibrator);
        Assert.Contains("one serves all", choice.Reason, StringComparison.Ordinal);
        Assert.Equal(pooled.CrossFitted().Values.ToArray(), choice.CrossFitted.Values.ToArray());
    }

    [Fact]
    public void ScoreCalibration_KeepsThemInItsFile_AndAsksForTheGroups()
    {
        (SimulatedScores both, Labels groups) = Two(0.4, 2.5);
        string?[] names = [.. groups.Indices.ToArray().Select(group => (string?)groups.Names[group])];
        double[] scores = both.Logits.Values.ToArray();
        var options = new ScoreCalibrationOptions
        {
            Groups = names,
            GroupColumn = "region",
            Sets = new() { Partition = ConformalPartition.Group },
            Evaluation = new() { BootstrapDraws = 0, NullDraws = 0 },
        };
        ScoreCalibrationFit fit = new ScoreCalibration(options).Fit(ScoreKind.Logits, scores, both.Labels);

        ScoreCalibrator back = (ScoreCalibrator)ModelFile.FromBytes(ModelFile.ToBytes(fit.Calibrator));

        Assert.Equal("region", back.GroupColumn);
        Assert.Equal(fit.Calibrator.Apply(scores, 0, names).Values.ToArray(), back.Apply(scores, 0, names).Values.ToArray());
        Assert.Contains("'region'", Assert.Throws<ArgumentException>(() => back.Apply(scores)).Message, StringComparison.Ordinal);
        Assert.Equal(2, fit.Evaluation.Calibrated.Groups.Count);
        Predictor predictor = back.PredictorFor();
        IReadOnlyList<Prediction> predictions = predictor.Predict(back.Apply(scores, 0, names), both.Keys, names);
        foreach (string group in groups.Names)
        {
            int[] rows = [.. Enumerable.Range(0, names.Length).Where(row => names[row] == group)];
            Assert.InRange(rows.Average(row => predictions[row].Set!.Contains(both.Labels.Names[both.Labels[row]]) ? 1.0 : 0), 0.89, 0.92);
        }
    }

    private static (SimulatedScores Scores, Labels Groups) Two(double first, double second) => (
        SimulatedScores.Concatenate(SimulatedScores.Draw(1000, 3, seed: 1, temperature: first),
            SimulatedScores.Draw(1000, 3, seed: 2, temperature: second)),
        Labels.From(CategoryColumn.FromNames("region", [.. Enumerable.Range(0, 2000).Select(row => row < 1000 ? "north" : "south")])));
}
