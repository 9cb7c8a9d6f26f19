using Credence.Data;
using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Models.Learning;
using Credence.Tests.Support;

namespace Credence.Tests.Diagnostics;

/// <summary>The verdict on scores says no more than the rows show.</summary>
public class DiagnosisTests
{
    [Fact]
    public void FiveCalibratedRows_SayNothing()
    {
        for (ulong seed = 0; seed < 8; seed++)
        {
            SimulatedScores five = SimulatedScores.Draw(5, 3, seed: 40 + seed);
            Diagnosis diagnosis = Diagnose([.. five.Probabilities.Values], five.Labels);
            Assert.StartsWith("Nothing can be said of 5 rows", diagnosis.Verdict, StringComparison.Ordinal);
            Assert.True(diagnosis.LeavesScores);
            Assert.DoesNotContain(diagnosis.Findings, finding => finding.Weight == Severity.Problem);
        }
    }

    [Fact]
    public void AnImpossibleRowOfFive_IsTold()
    {
        double[] scores = [1, 0, 0.7, 0.3, 0.6, 0.4, 0.2, 0.8, 0.3, 0.7];
        Diagnosis diagnosis = Diagnose(scores, new Labels([1, 0, 0, 1, 1], ["a", "b"]));
        Assert.False(diagnosis.LeavesScores);
        Assert.Contains("Do not use", diagnosis.Verdict, StringComparison.Ordinal);
        Assert.Contains(diagnosis.Findings, finding => finding.Topic == "impossible" && finding.Weight == Severity.Problem);
    }

    [Fact]
    public void FewRows_AreToldHowLittleTheyShow()
    {
        SimulatedScores few = SimulatedScores.Draw(100, 3, seed: 61);
        Assert.StartsWith(
            "No miscalibration was detected, but 100 rows show only a large one",
            Diagnose([.. few.Probabilities.Values], few.Labels).Verdict,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnsInAnotherOrder_AreToldApartFromReversedOnes()
    {
        SimulatedScores source = SimulatedScores.Draw(500, 3, seed: 6);
        double[] shifted = [.. Enumerable.Range(0, 1500).Select(i => source.Probabilities.Values[(i / 3 * 3) + ((i + 1) % 3)])];
        Assert.Contains(
            "where 'c0' is the most probable, 'c1' is mostly true",
            Diagnose(shifted, source.Labels).Findings.Single(finding => finding.Topic == "accuracy").Text,
            StringComparison.Ordinal);

        double[] turned = [.. source.Probabilities.Values.ToArray().Select(p => (1 - p) / 2)];
        Diagnosis reversed = Diagnose(turned, source.Labels);
        Assert.StartsWith("These scores are reversed", reversed.Verdict, StringComparison.Ordinal);
        Assert.Contains(reversed.Findings, finding => finding.Topic == "undone");
        Assert.False(reversed.LeavesScores);
    }

    private static Diagnosis Diagnose(double[] probabilities, Labels labels) => Diagnosis.Diagnose(
        new ScoreCalibration(new() { Selection = new() { Methods = ["none", "temperature"] } })
            .Fit(ScoreKind.Probabilities, probabilities, labels, cancellationToken: TestContext.Current.CancellationToken));
}
