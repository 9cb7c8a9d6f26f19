using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>Tests each class's own probability, and its mean.</summary>
internal static class ClassTests
{
    private const int MostChunks = 16;

    /// <summary>The p-value of each class, and the mean of its probability.</summary>
    public static (double[] PValues, double[] Means) Compute(
        Probabilities probabilities, ScoredRows rows, int maxThreads, CancellationToken cancellationToken)
    {
        int classes = probabilities.Classes, size = Math.Max(1024, (rows.Count + MostChunks - 1) / MostChunks);
        var partial = new (ScoreTests Tests, double[] Sums)[Chunks.Count(rows.Count, size)];
        Chunks.For(
            partial.Length,
            maxThreads,
            chunk =>
            {
                var tests = new ScoreTests(classes);
                var sums = new double[classes];
                for (int row = chunk * size; row < Math.Min(rows.Count, (chunk + 1) * size); row++)
                {
                    ReadOnlySpan<double> p = probabilities.Row(row);
                    double weight = rows.Weights[row];
                    tests.Expect(p, weight);
                    tests.Happen(rows.Truth[row], p[rows.Truth[row]], weight);
                    Vectors.AddScaled<double>(weight, p, sums);
                }

                partial[chunk] = (tests, sums);
            },
            cancellationToken);

        var all = new ScoreTests(classes);
        var means = new double[classes];
        foreach ((ScoreTests tests, double[] sums) in partial)
        {
            all.Add(tests);
            Vectors.AddScaled<double>(1.0 / rows.Count, sums, means);
        }

        return ([.. Enumerable.Range(0, classes).Select(all.PValue)], means);
    }
}
