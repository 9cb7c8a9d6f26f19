using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Numerics;

namespace Credence.Tests.Linear;

/// <summary>Weights read by few entries or all at once.</summary>
public class WidenedWeightsTests
{
    [Fact]
    public void Scores_OfAFewEntries_HaveTheBitsOfThoseOfAllWeights()
    {
        var rng = new Rng(1);
        foreach (int classes in new[] { 1, 2, 3, 8, 9, 17, 64, 65, 150 })
        {
            const int Features = 400;
            var weights = new float[Features * classes];
            rng.FillNormal(weights);
            double[] bias = [.. Enumerable.Range(0, classes).Select(_ => rng.NextNormal())];
            foreach (int entries in new[] { 0, 1, 2, 7, 40, 399 })
            {
                SparseMatrix row = Row(rng, entries, Features);
                var few = new WidenedWeights(weights, classes);
                double[] gathered = LinearScores.Compute(row, few, bias, 1, CancellationToken.None);
                Assert.False(few.IsKept);

                Assert.Equal(Features * few.Stride, few.All.Length);
                Assert.True(few.IsKept);
                Assert.Equal(LinearScores.Compute(row, few, bias, 1, CancellationToken.None), gathered);
                Assert.Equal(bias.Length, gathered.Length);
            }
        }
    }

    [Fact]
    public void Scores_AreTheSumsOfTheirTerms()
    {
        // Feature 3 holds 2 and feature 5 holds −1: class k's score is 2·w(3, k) − w(5, k) + b(k).
        float[] weights = [.. Enumerable.Range(0, 18).Select(i => i * 0.25f)];
        var row = new SparseMatrix([0, 2], [3, 5], [2, -1], 6);

        double[] scores = LinearScores.Compute(row, new WidenedWeights(weights, 3), [10, 20, 30], 1, CancellationToken.None);

        Assert.Equal([(2 * 2.25) - 3.75 + 10, (2 * 2.5) - 4 + 20, (2 * 2.75) - 4.25 + 30], scores);
    }

    private static SparseMatrix Row(Rng rng, int entries, int features)
    {
        int[] chosen = [.. rng.Permutation(features).Take(entries).Order()];
        var values = new float[entries];
        rng.FillNormal(values);
        return new SparseMatrix([0, entries], chosen, values, features);
    }
}
