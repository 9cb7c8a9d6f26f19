using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>Rows drawn with replacement, and the figures of each draw (B. Efron 1979).</summary>
internal sealed class Bootstrap
{
    private const long MostRowDraws = 200_000_000;
    private const int FewestDraws = 200;
    private readonly RowFigures[] draws;

    private readonly int rows;

    private Bootstrap(RowFigures[] draws, int rows)
    {
        this.draws = draws;
        this.rows = rows;
    }

    /// <summary>Draws and computes.</summary>
    public static Bootstrap Draw(SortedRows rows, RefinedRows refined, int classes, int draws, Rng rng, int threads, CancellationToken cancellationToken)
    {
        var results = new RowFigures[Count(rows.Count, draws)];
        const int Size = 8;
        Chunks.For(
            Chunks.Count(results.Length, Size),
            threads,
            chunk =>
            {
                var weights = new double[rows.Count];
                var counts = new ClassCounts(classes);
                for (int draw = chunk * Size; draw < Math.Min(results.Length, (chunk + 1) * Size); draw++)
                {
                    Weigh(rows.Weights, rng.Split((ulong)draw), weights);
                    results[draw] = RowFigures.Of(rows, refined, weights, counts);
                }
            },
            cancellationToken);
        return new Bootstrap(results, rows.Count);
    }

    /// <summary>How many draws are made of so many rows.</summary>
    public static int Count(int rows, int draws) => (int)Math.Min(draws, Math.Max(FewestDraws, MostRowDraws / rows));

    /// <summary>The weights of one draw: how often each row was drawn, times its own weight, scaled to mean one.</summary>
    public static void Weigh(ReadOnlySpan<double> own, Rng rng, Span<double> weights)
    {
        int n = weights.Length;
        weights.Clear();
        double total = 0;
        while (!(total > 0))
        {
            for (int i = 0; i < n; i++)
            {
                int row = rng.NextInt(n);
                weights[row] += own[row];
                total += own[row];
            }
        }

        // Where all weights are one the sum is n, and nothing is to be scaled.
        if (total == n)
            return;

        for (int i = 0; i < n; i++)
            weights[i] *= n / total;
    }

    /// <summary>A figure of every draw; empty of a single row.</summary>
    public double[] Values(Func<RowFigures, double> figure) => rows < 2 ? [] : [.. draws.Select(figure)];

    /// <summary>The percentile interval of a figure; none of a single row.</summary>
    public Interval Of(Func<RowFigures, double> figure) =>
        draws.Length == 0 || rows < 2 ? Interval.None : Interval.Percentiles([.. draws.Select(figure)]);
}
