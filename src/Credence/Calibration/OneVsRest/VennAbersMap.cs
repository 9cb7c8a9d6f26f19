using System.Text.Json.Nodes;
using Credence.Calibration.Scaling;
using Credence.Persistence;

namespace Credence.Calibration.OneVsRest;

/// <summary>For a score p the two isotonic fits with a row of that score added, once with label 0 (p₀) and once with label 1 (p₁). Both are
/// step functions of p that
/// change at the fitted scores alone, so they are tabulated there and between.</summary>
/// <remarks>p₁ is the slope, over the added row, of the greatest convex minorant of the cumulative hits against the cumulative rows: the
/// common tangent below the hull of the rows before and that of the rows after (V. Vovk and others, Large-scale probabilistic predictors
/// with and without guarantees of validity, 2015).</remarks>
internal sealed class VennAbersMap : IScoreMap
{
    private readonly double[] scores, low, high;

    private VennAbersMap(double[] scores, double[] low, double[] high)
    {
        this.scores = scores;
        this.low = low;
        this.high = high;
    }

    public static VennAbersMap Fit(ReadOnlySpan<OneVsRestScore> rows, ReadOnlySpan<bool> isClass, ReadOnlySpan<double> weights)
    {
        var pools = PooledScores.Of(HistogramBinning.Probabilities(rows), isClass, weights);
        int m = pools.Scores.Length;
        var x = new double[m + 1];
        var y = new double[m + 1];
        for (int i = 0; i < m; i++)
            (x[i + 1], y[i + 1]) = (x[i] + pools.Weights[i], y[i] + pools.Hits[i]);

        // The hull of the points up to i continues from i at before[i], that of the points from i on at after[i].
        int[] before = new int[m + 1], after = new int[m + 1];
        before[0] = -1;
        for (int i = 1; i <= m; i++)
        {
            int last = i - 1;
            while (before[last] >= 0 && Cross(x, y, before[last], last, i) <= 0)
                last = before[last];
            before[i] = last;
        }

        after[m] = -1;
        for (int i = m - 1; i >= 0; i--)
        {
            int next = i + 1;
            while (after[next] >= 0 && Cross(x, y, i, next, after[next]) <= 0)
                next = after[next];
            after[i] = next;
        }

        // Place 2i lies before pool i, 2i + 1 on it.
        var low = new double[(2 * m) + 1];
        var high = new double[(2 * m) + 1];
        for (int place = 0; place < low.Length; place++)
        {
            int left = place / 2, right = (place + 1) / 2;
            low[place] = Tangent(x, y, before, after, left, right, 0);
            high[place] = Tangent(x, y, before, after, left, right, 1);
        }

        return new VennAbersMap(pools.Scores, low, high);
    }

    /// <inheritdoc/>
    public double Apply(OneVsRestScore score)
    {
        (double p0, double p1) = Interval(score);
        return p1 / (1 - p0 + p1);
    }

    /// <summary>p₀ and p₁.</summary>
    public (double Low, double High) Interval(OneVsRestScore score)
    {
        int found = Array.BinarySearch(scores, score.Rounded);
        int place = found >= 0 ? (2 * found) + 1 : 2 * ~found;
        return (low[place], high[place]);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<double>(prefix + "score", scores);
        tensors.Add<double>(prefix + "low", low);
        tensors.Add<double>(prefix + "high", high);
        return new JsonObject { ["scores"] = scores.Length };
    }

    public static IScoreMap Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        int count = saved.Integer("scores", 1, (int.MaxValue - 1) / 2);
        double[] scores = SavedScale.Values(tensors, prefix + "score", count);
        double[] low = SavedScale.Values(tensors, prefix + "low", (2L * count) + 1),
            high = SavedScale.Values(tensors, prefix + "high", (2L * count) + 1);
        for (int i = 1; i < count; i++)
        {
            if (scores[i] <= scores[i - 1])
                throw new InvalidDataException($"Tensor '{prefix}score' does not ascend at {i}.");
        }

        for (int i = 0; i < low.Length; i++)
        {
            if (!(low[i] >= 0 && low[i] <= high[i] && high[i] > 0 && high[i] <= 1))
                throw new InvalidDataException(
                    $"Tensors '{prefix}low' and '{prefix}high' are {low[i]} and {high[i]} at {i}; they must be 0 ≤ low ≤ high ≤ 1.");
        }

        return new VennAbersMap(scores, low, high);
    }

    /// <summary>The slope of the tangent below the points up to left and the points from right on, these moved by the added row (1,
    /// hit).</summary>
    private static double Tangent(double[] x, double[] y, int[] before, int[] after, int left, int right, double hit)
    {
        int i = left, k = right;
        double slope = Slope(i, k);
        for (bool moved = true; moved;)
        {
            moved = false;
            while (before[i] >= 0 && Slope(before[i], k) is var further && further >= slope)
                (i, slope, moved) = (before[i], further, true);

            while (after[k] >= 0 && Slope(i, after[k]) is var further && further <= slope)
                (k, slope, moved) = (after[k], further, true);
        }

        return Math.Clamp(slope, 0, 1);

        double Slope(int from, int to) => (y[to] + hit - y[from]) / (x[to] + 1 - x[from]);
    }

    private static double Cross(double[] x, double[] y, int a, int b, int c) =>
        ((x[b] - x[a]) * (y[c] - y[a])) - ((y[b] - y[a]) * (x[c] - x[a]));
}
