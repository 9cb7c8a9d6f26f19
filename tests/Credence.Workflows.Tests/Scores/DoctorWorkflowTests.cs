using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Files.Scores;
using Credence.Workflows.Scores;
using Credence.Workflows.Tests.Support;

namespace Credence.Workflows.Tests.Scores;

public sealed class DoctorWorkflowTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void Run_TellsLogitsFromTheNumbersAndMendsThem()
    {
        SavedScores scores = new ScoreInput(place.Logits("s.csv", 800, 3)).ReadAny();

        DoctorOutcome outcome = new DoctorWorkflow().Run(scores);

        Assert.Equal(ScoreFormat.Logits, outcome.Format.Form);
        Assert.Contains(outcome.Diagnosis.Findings, finding => finding.Weight == Severity.Problem);
        Assert.Equal(outcome.Diagnosis.Verdict, outcome.Calibration.Evaluation.Verdict);
        Assert.NotEmpty(outcome.Calibration.Evaluation.Warnings);
        Assert.True(outcome.Calibration.Fit.Evaluation.LogLossGain.Low > 0);
    }

    [Fact]
    public void Run_DividesPercentagesByTheirSum()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{70 + (i % 3)}.5,{29 - (i % 3)}.5,{(i % 4 == 0 ? "b" : "a")}\n"));
        SavedScores scores = new ScoreInput(place.Write("p.csv", "a,b,label\n" + rows)).ReadAny();

        DoctorOutcome outcome = new DoctorWorkflow().Run(scores);

        Assert.Equal(ScoreFormat.Percentages, outcome.Format.Form);
        Assert.Equal(0.705, outcome.Calibration.Scores.Values[0], 12);
    }

    [Fact]
    public void Run_RefusesProbabilitiesThatCanBeNone()
    {
        SavedScores scores = new ScoreInput(place.Logits("s.csv", 100, 1)).ReadAny();

        WorkflowOptionException error = Assert.Throws<WorkflowOptionException>(
            () => new DoctorWorkflow().Run(scores, ScoreKind.Probabilities));

        Assert.Equal("Kind", error.Option);
        Assert.DoesNotContain("--", error.Message, StringComparison.Ordinal);
    }
}
