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
    public void Run_WithAColumnOfParts_FitsOnTrainAndEvaluatesOnTest()
    {
        string text = "no,yes,label,part\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"0.2,0.8,{(i % 5 == 0 ? "no" : "yes")},{(i < 30 ? "train" : i < 40 ? "valid" : "test")}\n"));
        SavedScores scores = new ScoreInput(place.Write("s.csv", text))
        {
            Kind = ScoreKind.Probabilities,
            Reading = new() { SplitColumn = "part" },
        }.ReadLabelled();

        CalibrationOutcome outcome = new CalibrationWorkflow().Run(scores);

        Assert.Equal(40, outcome.Evaluation.CalibrationRows);
        Assert.Equal(Enumerable.Range(40, 20), outcome.Evaluation.Rows);
        Assert.Throws<WorkflowOptionException>(() => new EvaluationWorkflow().Run(scores));
        Assert.Throws<WorkflowOptionException>(() => new CalibrationWorkflow(new() { FitRows = (0, 20) }).Run(scores));
    }

    [Fact]
    public void Run_WithAColumnOfTimes_EvaluatesOnTheLatest()
    {
        string text = "no,yes,label,day\n" + string.Concat(Enumerable.Range(0, 50).Select(i =>
            $"0.2,0.8,{(i % 5 == 0 ? "no" : "yes")},{50 - i}\n"));
        SavedScores scores = new ScoreInput(place.Write("s.csv", text))
        {
            Kind = ScoreKind.Probabilities,
            Reading = new() { SplitByTime = "day" },
        }.ReadLabelled();

        Assert.Equal(Enumerable.Range(0, 10), new CalibrationWorkflow().Run(scores).Evaluation.Rows);
    }

    [Fact]
    public void OptionsOfRows_AreRefusedOnScores()
    {
        string path = place.Logits("s.csv", 20, 1);
        Assert.Throws<WorkflowOptionException>(() => new ScoreInput(path) { Reading = new() { Text = "a" } }.ReadAny());
        Assert.Throws<WorkflowOptionException>(() => new ScoreInput(path) { Reading = new() { Kind = "table" } }.ReadAny());
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
