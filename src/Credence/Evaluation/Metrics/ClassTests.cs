using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>Tests each class's own probability, for whatever labels the rows have.</summary>
/// <param name="expected">The tests of all classes, without an outcome.</param>
/// <param name="means">The mean of each class's probability.</param>
internal sealed class ClassTests(ScoreTests expected, double[] means)
{
    private const int MostChunks = 16;

    /// <summary>The mean of each class's probability.</summary>
    public double[] Means => means;

    /// <summary>Adds up what is expected of all rows.</summary>
    public static ClassTests Compute(Probabilities probabilities, ScoredRows rows, int maxThreads, CancellationToken cancellationToken)
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
                    tests.Expect(p, rows.Weights[row]);
                    Vectors.AddScaled<double>(rows.Weights[row], p, sums);
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

        return new ClassTests(all, means);
    }

    /// <summary>The p-value of each class; NaN where it can't be tested.</summary>
    /// <param name="happened">[2, classes]: Σ w and Σ w·p over the rows with each label.</param>
    public double[] PValues(double[] happened) =>
        [.. Enumerable.Range(0, means.Length).Select(k => expected.PValue(k, happened[k], happened[means.Length + k]))];

    /// <summary>The least of them; NaN where no class can be tested.</summary>
    public double Least(double[] happened)
    {
        double least = double.NaN;
        for (int k = 0; k < means.Length; k++)
        {
            double p = expected.PValue(k, happened[k], happened[means.Length + k]);
            least = p < least || double.IsNaN(least) ? p : least;
        }

        return least;
    }
}
