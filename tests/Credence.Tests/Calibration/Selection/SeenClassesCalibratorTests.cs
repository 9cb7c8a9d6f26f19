using System.Text.Json.Nodes;
using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Calibration.Selection;

public sealed class SeenClassesCalibratorTests
{
    [Theory]
    [InlineData("auto")]
    [InlineData("vector")]
    [InlineData("isotonic")]
    public void AClassWithoutARow_KeepsTheProbabilityOfTheScores(string method)
    {
        (Logits logits, Labels labels) = WithoutLast(600, 4);

        CalibratorSelection selection = CalibratorSelection.Choose(
            logits, labels, default, new() { Methods = method == "auto" ? null : [method] },
            cancellationToken: TestContext.Current.CancellationToken);

        Probabilities before = new IdentityCalibrator(4).Apply(logits), after = selection.Calibrator.Apply(logits);
        for (int row = 0; row < logits.Rows; row++)
        {
            Assert.Equal(before.Row(row)[3], after.Row(row)[3], 1e-12);
            Assert.Equal(1, after.Row(row).ToArray().Sum(), 1e-12);
        }
    }

    [Fact]
    public void Saved_GivesTheSameProbabilities()
    {
        (Logits logits, Labels labels) = WithoutLast(300, 3);
        ICalibrator calibrator = CalibratorSelection.Choose(
            logits, labels, default, new() { Methods = ["bias-corrected-temperature"] },
            cancellationToken: TestContext.Current.CancellationToken).Calibrator;
        var tensors = new NamedTensors();
        JsonObject saved = calibrator.Save(tensors, "c.");

        Assert.Equal("seen-classes", (string?)saved["kind"]);
        Assert.Equal(calibrator.Apply(logits).Values.ToArray(), Calibrators.Load(saved, tensors, "c.").Apply(logits).Values.ToArray());
        saved["seen"] = new JsonArray(1, 0);
        Assert.Throws<InvalidDataException>(() => Calibrators.Load(saved, tensors, "c."));
    }

    /// <summary>Simulated rows of all classes but the last, of which the scores think as of any other.</summary>
    private static (Logits Logits, Labels Labels) WithoutLast(int rows, int classes)
    {
        SimulatedScores scores = SimulatedScores.Draw(rows, classes, 11);
        int[] kept = [.. Enumerable.Range(0, rows).Where(row => scores.Labels[row] < classes - 1)];
        return (scores.Logits.Select(kept), scores.Labels.Select(kept));
    }
}
