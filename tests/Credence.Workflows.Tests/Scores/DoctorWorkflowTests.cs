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

    /// <summary>One column is the probability of the second class, or its margin where it leaves 0 to 1; a reversed one is turned round,
    /// and so are new rows.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Run_TakesOneColumn_AsTheSecondClass(bool isMargin, bool isReversed)
    {
        // Of ten rows at .8 eight are yes, of ten at .2 two.
        string rows = string.Concat(Enumerable.Range(0, 100).Select(i =>
        {
            bool isHigh = i % 2 == 0, isYes = isHigh == (i / 2 % 5 != 0);
            double p = isHigh ? 0.8 : 0.2, score = isMargin ? isHigh ? 1.3862943611198906 : -1.3862943611198906 : p;
            return FormattableString.Invariant($"{(isReversed ? isMargin ? -score : 1 - score : score)},{(isYes ? "yes" : "no")}\n");
        }));
        DoctorOutcome outcome = new DoctorWorkflow().Run(new ScoreInput(place.Write("one.csv", "score,label\n" + rows)).ReadAny());

        Assert.Equal(isReversed ? 0.2 : 0.8, outcome.Calibration.Evaluation.Evaluation.Uncalibrated["accuracy"].Value, 12);
        Assert.Equal(isReversed, outcome.Calibration.Fit.Undoing is not null);
        Assert.Equal(0.8, outcome.Calibration.Evaluation.Evaluation.Calibrated["accuracy"].Value, 12);
        Assert.Equal(0.8, outcome.Calibration.Apply().Row(0)[1], 0.03);
    }

    [Fact]
    public void Run_TakesVotes_AsShares()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{30 + (i % 15)},{20 - (i % 15)},{(i % 4 == 0 ? "b" : "a")}\n"));
        DoctorOutcome outcome = new DoctorWorkflow().Run(new ScoreInput(place.Write("v.csv", "a,b,label\n" + rows)).ReadAny());

        Assert.Equal(ScoreFormat.Incomplete, outcome.Format.Form);
        Assert.Equal(0.6, outcome.Calibration.Scores.Values[0], 12);
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
