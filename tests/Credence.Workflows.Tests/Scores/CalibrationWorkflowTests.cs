using Credence.Data.Scores;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Workflows.Scores;
using Credence.Workflows.Tests.Support;

namespace Credence.Workflows.Tests.Scores;

public sealed class CalibrationWorkflowTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void Run_FindsTheFactorThatTheLogitsWereMultipliedBy()
    {
        SavedScores scores = Read(place.Logits("s.csv", 3000, 2.5));
        var recorder = new Recorder();

        var workflow = new CalibrationWorkflow(new() { Selection = new() { Methods = ["temperature"] } });
        CalibrationOutcome outcome = workflow.Run(scores, recorder);

        Assert.Equal(["calibrating"], recorder.Stages);
        Assert.InRange(outcome.Fit.Calibrator.Calibrator.Parameters[0].Value, 2.2, 2.8);
        Assert.Equal((3000, 3000), (outcome.Evaluation.CalibrationRows, outcome.Evaluation.Rows.Count));
        Assert.Equal("s.csv", outcome.Fit.Calibrator.Facts.Data);
    }

    [Fact]
    public void Run_WithRowsToFitOn_EvaluatesOnTheOthers()
    {
        SavedScores scores = Read(place.Logits("s.csv", 300, 2));

        CalibrationOutcome outcome = new CalibrationWorkflow(new() { FitRows = (0, 200) }).Run(scores);

        Assert.Equal(200, outcome.Evaluation.CalibrationRows);
        Assert.Equal(Enumerable.Range(200, 100), outcome.Evaluation.Rows);
        var beyond = new CalibrationWorkflow(new() { FitRows = (0, 301) });
        Assert.Equal("FitRows", Assert.Throws<WorkflowOptionException>(() => beyond.Run(scores)).Option);
    }

    [Fact]
    public void Save_WritesTheCalibratorOrTheCalibratedProbabilitiesByTheEnding()
    {
        CalibrationOutcome outcome = new CalibrationWorkflow().Run(Read(place.Logits("s.csv", 400, 2)));
        double[] expected = outcome.Apply().Values.ToArray();

        outcome.Save(place.Path("c.credence"));
        outcome.Save(place.Path("p.csv"));
        outcome.Save(place.Path("p.npz"));

        ScoreCalibrator saved = Assert.IsType<ScoreCalibrator>(ModelFile.Open(place.Path("c.credence")));
        Assert.Equal(expected, saved.Apply(outcome.Scores.Values).Values.ToArray());
        foreach (string name in new[] { "p.csv", "p.npz" })
        {
            SavedScores written = new ScoreInput(place.Path(name)) { Kind = ScoreKind.Probabilities }.ReadLabelled();
            Assert.Equal(expected, written.Values, (a, b) => Math.Abs(a - b) < 1e-7);
            Assert.Equal(outcome.Scores.Labels!.Indices, written.Labels!.Indices);
        }
    }

    private static SavedScores Read(string path) => new ScoreInput(path) { Kind = ScoreKind.Logits }.ReadLabelled();
}
