using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>Rows drawn with replacement, and the figures of each draw.</summary>
internal sealed class Bootstrap
{
    private const long MostRowDraws = 200_000_000;
    private const int FewestDraws = 200;
    private readonly double rows;
    private readonly double[][] draws;

    private Bootstrap(double rows, double[][] draws)
    {
        this.rows = rows;
        this.draws = draws;
    }

    public Interval LogLoss => Percentiles(0);

    public Interval Brier => Percentiles(1);

    public Interval MacroF1 => Percentiles(2);

    public Interval Aurc => Percentiles(3);

    public Interval Augrc => Percentiles(4);

    /// <summary>Wilson's interval (E. Wilson 1927): unlike the bootstrap it is honest where all rows are right.</summary>
    public Interval Accuracy(double accuracy)
    {
        const double Z = 1.959963984540054;
        double share = Z * Z / rows;
        double middle = (accuracy + (share / 2)) / (1 + share);
        double half = Z / (1 + share) * Math.Sqrt((accuracy * (1 - accuracy) / rows) + (share / (4 * rows)));
        return draws.Length == 0 ? Interval.None : new Interval(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    public static Bootstrap Draw(
        ScoredRows scored, SortedRows sorted, int classes, int draws, Rng rng, int threads, CancellationToken cancellationToken)
    {
        int n = scored.Count;
        int most = (int)Math.Min(int.MaxValue, Math.Max(FewestDraws, MostRowDraws / n));
        var results = new double[Math.Min(draws, most)][];
        const int Size = 8;
        Chunks.For(
            Chunks.Count(results.Length, Size),
            threads,
            chunk =>
            {
                var weights = new double[n];
                var ordered = new double[n];
                var counts = new ClassCounts(classes);
                for (int draw = chunk * Size; draw < Math.Min(results.Length, (chunk + 1) * Size); draw++)
                {
                    Rng own = rng.Split((ulong)draw);
                    Array.Clear(weights);
                    double total = 0;
                    while (!(total > 0))
                    {
                        for (int i = 0; i < n; i++)
                        {
                            int row = own.NextInt(n);
                            weights[row] += scored.Weights[row];
                            total += scored.Weights[row];
                        }
                    }

                    double logLoss = 0, brier = 0;
                    for (int row = 0; row < n; row++)
                    {
                        if (weights[row] > 0)
                        {
                            logLoss += weights[row] * scored.LogLoss[row];
                            brier += weights[row] * scored.Brier[row];
                        }
                    }

                    for (int i = 0; i < n; i++)
                        ordered[i] = weights[sorted.Rows[i]];
                    counts.Count(scored, weights);
                    (double aurc, double augrc) = RiskCoverage.Areas(sorted.Groups, ordered, sorted.Correct);
                    results[draw] = [logLoss / total, brier / total, counts.MacroF1(), aurc, augrc];
                }
            },
            cancellationToken);
        double squares = 0;
        foreach (double weight in scored.Weights)
            squares += weight * weight;
        return new Bootstrap((double)n * n / squares, results);
    }

    private Interval Percentiles(int figure)
    {
        if (draws.Length == 0)
            return Interval.None;

        double[] values = [.. draws.Select(draw => draw[figure])];
        Array.Sort(values);
        int tail = (int)Math.Floor(0.025 * (values.Length + 1));
        return new Interval(values[tail - 1], values[^tail]);
    }
}
