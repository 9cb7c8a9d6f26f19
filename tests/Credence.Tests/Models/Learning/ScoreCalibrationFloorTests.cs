using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation.Results;
using Credence.Models.Learning;

namespace Credence.Tests.Models.Learning;

public sealed class ScoreCalibrationFloorTests
{
    [Fact]
    public void VotesOfTen_KeepTheirAccuracy_AndHaveHalfAVoteOrLessAsFloor()
    {
        (double[] votes, Labels labels) = Votes(800, 4, 10);

        ScoreCalibrationFit fit = new ScoreCalibration(new() { Evaluation = new() { NullDraws = 0 } })
            .Fit(ScoreKind.Probabilities, votes, labels, cancellationToken: TestContext.Current.CancellationToken);

        double before = fit.Evaluation.Uncalibrated[MetricName.Accuracy].Value;
        double after = fit.Evaluation.Calibrated[MetricName.Accuracy].Value;
        Assert.InRange(fit.Calibrator.Floor, 0.001, 0.05);
        Assert.True(after > before - 0.02, $"{before} {after}");
        Assert.True(fit.Evaluation.Calibrated[MetricName.LogLoss].Value < 1.0);
        Assert.Contains(fit.Notes, note => note.Contains("exactly 0", StringComparison.Ordinal)
            && note.Contains("0.1", StringComparison.Ordinal));

        // The floor is the calibrator's: rows that come later have it too.
        Assert.True(fit.Calibrator.Apply([1, 0, 0, 0]).Row(0)[3] > 0.001);
    }

    [Fact]
    public void AFloorThatIsGiven_IsTaken()
    {
        (double[] votes, Labels labels) = Votes(200, 3, 10);

        ScoreCalibrationFit fit = new ScoreCalibration(new() { Floor = 0.02, Evaluation = new() { NullDraws = 0 } })
            .Fit(ScoreKind.Probabilities, votes, labels, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0.02, fit.Calibrator.Floor);
    }

    /// <summary>Shares of voters who each are right seven times of ten.</summary>
    private static (double[] Votes, Labels Labels) Votes(int rows, int classes, int voters)
    {
        var random = new Random(8);
        var labels = new int[rows];
        var votes = new double[rows * classes];
        for (int row = 0; row < rows; row++)
        {
            labels[row] = random.Next(classes);
            int belief = random.NextDouble() < 0.8 ? labels[row] : random.Next(classes);
            for (int vote = 0; vote < voters; vote++)
                votes[(row * classes) + (random.NextDouble() < 0.7 ? belief : random.Next(classes))] += 1.0 / voters;
        }

        return ([.. votes.Select(share => Math.Round(share * voters) / voters)],
            new Labels(labels, [.. Enumerable.Range(0, classes).Select(k => $"c{k}")]));
    }
}
