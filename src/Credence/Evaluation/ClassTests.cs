using Credence.Data;
using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>Tests each class's own probability, and its mean.</summary>
internal static class ClassTests
{
    private const int MostChunks = 16;

    /// <summary>The p-value of each class, and the mean of its probability.</summary>
    public static (double[] PValues, double[] Means) Of(Probabilities probabilities, ScoredRows rows, int threads, CancellationToken cancellationToken)
    {
        int classes = probabilities.Classes, size = Math.Max(1024, (rows.Count + MostChunks - 1) / MostChunks);
        var partial = new (ScoreTest[] Tests, double[] Sums)[Chunks.Count(rows.Count, size)];
        Chunks.For(
            partial.Length,
            threads,
            chunk =>
            {
                var tests = new ScoreTest[classes];
                var sums = new double[classes];
                for (int row = chunk * size; row < Math.Min(rows.Count, (chunk + 1) * size); row++)
                {
                    ReadOnlySpan<double> p = probabilities.Row(row);
                    double weight = rows.Weights[row];
                    for (int k = 0; k < p.Length; k++)
                    {
                        tests[k].Expect(Math.Min(1, p[k]), weight);
                        sums[k] += weight * p[k];
                    }

                    tests[rows.Truth[row]].Happen(Math.Min(1, p[rows.Truth[row]]), weight);
                }

                partial[chunk] = (tests, sums);
            },
            cancellationToken);

        var all = new ScoreTest[classes];
        var means = new double[classes];
        foreach ((ScoreTest[] tests, double[] sums) in partial)
        {
            for (int k = 0; k < classes; k++)
            {
                all[k].Add(tests[k]);
                means[k] += sums[k] / rows.Count;
            }
        }

        return ([.. all.Select(test => test.PValue())], means);
    }
}
