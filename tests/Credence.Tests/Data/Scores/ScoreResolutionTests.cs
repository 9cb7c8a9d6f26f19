using Credence.Data.Scores;

namespace Credence.Tests.Data.Scores;

public sealed class ScoreResolutionTests
{
    private const double Underflow = 1e-38;

    [Theory]
    [InlineData(10, 0.05)]
    [InlineData(50, 0.01)]
    [InlineData(7, 0.5 / 7)]
    public void SharesOfVotes_HaveTheirNumberAsParts_AndHalfAVoteAsFloor(int voters, double floor)
    {
        var resolution = ScoreResolution.Of(Votes(300, 3, voters), 3);

        Assert.Equal(1.0 / voters, resolution.Step!.Value, 1e-12);
        Assert.True(resolution.AreVotes);
        Assert.True(resolution.IsFewValued);
        Assert.Equal(floor, resolution.Floor(Underflow), 1e-12);
    }

    [Fact]
    public void TwoDigits_HaveAHundredthAsStep_AndAreNoVotes()
    {
        var random = new Random(1);
        var scores = new double[300];
        for (int row = 0; row < 100; row++)
        {
            double[] p = Softmax(random, 3, 4);
            for (int k = 0; k < 3; k++)
                scores[(3 * row) + k] = Math.Round(p[k], 2);
        }

        var resolution = ScoreResolution.Of(scores, 3);

        Assert.Equal(0.01, resolution.Step!.Value, 1e-12);
        Assert.False(resolution.AreVotes);
        Assert.Equal(0.005, resolution.Floor(Underflow), 1e-12);
    }

    [Fact]
    public void ASoftmax_HasNoStep_AndItsZerosAreUnderflow()
    {
        var random = new Random(2);
        double[] scores = [.. Enumerable.Range(0, 200).SelectMany(_ => Softmax(random, 3, 6).Select(p => (double)(float)p))];

        var whole = ScoreResolution.Of(scores, 3);
        double[] some = [.. scores, 1, 0, 1.4e-45];
        var withZeros = ScoreResolution.Of(some, 3);

        Assert.Null(whole.Step);
        Assert.False(whole.NeedsMaps);
        Assert.Equal(0, whole.Floor(Underflow));
        Assert.Equal(Underflow, withZeros.Floor(Underflow));
        Assert.False(withZeros.NeedsMaps);
    }

    [Fact]
    public void WeighedVotes_HaveHalfTheirSmallestShareAsFloor()
    {
        double[] scores = [0.4712, 0.5288, 0, 0.0871, 0, 0.9129, 0.3333123, 0.3333123, 0.3333754];

        var resolution = ScoreResolution.Of(scores, 3);

        Assert.Equal(0.0871 / 2, resolution.Floor(Underflow), 1e-12);
        Assert.True(resolution.IsFewValued);
    }

    [Fact]
    public void ASoftmaxOfProbabilities_IsNarrow()
    {
        var random = new Random(3);
        double[] twice = [.. Enumerable.Range(0, 50).SelectMany(_ => Normalized(Softmax(random, 3, 3).Select(Math.Exp)))];

        Assert.True(ScoreResolution.Of(twice, 3).IsNarrow);
    }

    private static double[] Votes(int rows, int classes, int voters)
    {
        var random = new Random(5);
        var scores = new double[rows * classes];
        for (int row = 0; row < rows; row++)
        {
            double[] p = Softmax(random, classes, 2);
            for (int vote = 0; vote < voters; vote++)
            {
                double u = random.NextDouble();
                int k = 0;
                while (k < classes - 1 && (u -= p[k]) > 0)
                    k++;

                scores[(row * classes) + k] += 1;
            }

            for (int k = 0; k < classes; k++)
                scores[(row * classes) + k] /= voters;
        }

        return scores;
    }

    private static double[] Softmax(Random random, int classes, double scale) =>
        Normalized(Enumerable.Range(0, classes).Select(_ => Math.Exp(scale * ((2 * random.NextDouble()) - 1))));

    private static double[] Normalized(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double sum = all.Sum();
        return [.. all.Select(value => value / sum)];
    }
}
