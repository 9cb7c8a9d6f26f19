using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Intervals;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Tests.Support;

namespace Credence.Tests.Evaluation.Metrics;

/// <summary>The intervals that come of each row's influence, against the jackknife, a golden value and what must hold at the
/// edges.</summary>
public class RowIntervalsTests
{
    /// <summary>By hand in Python: t = 3/b·(cbrt(1 + b(z − b/6)) − 1) with b = Σd³ / (Σd²)^1.5 and the standard error √(Σd² / (n(n −
    /// 1))).</summary>
    [Fact]
    public void Mean_IsBentByItsSkewness()
    {
        double[] x = [0.1, 0.2, 0.15, 0.3, 4, 0.05, 0.12, 0.9];
        double mean = x.Average();
        Interval interval = MeanInterval.Compute(mean, [.. x.Select(value => value - mean)], 0, double.PositiveInfinity);
        Assert.Equal(0.08739784488903835, interval.Low, 12);
        Assert.Equal(4.231470820997841, interval.High, 12);
    }

    [Fact]
    public void Mean_OfAnInfiniteRow_IsInfinite() =>
        Assert.Equal(new Interval(double.PositiveInfinity, double.PositiveInfinity),
            MeanInterval.Compute(double.PositiveInfinity, [1, double.PositiveInfinity], 0, double.PositiveInfinity));

    /// <summary>The standard error of the area and of F1 is the jackknife's, which leaves each row out in turn.</summary>
    [Theory]
    [InlineData(3UL, 1.0, false)]
    [InlineData(4UL, 0.5, false)]
    [InlineData(5UL, 0.5, true)]
    public void Influence_IsTheJackknifes(ulong seed, double temperature, bool areTied)
    {
        SimulatedScores scores = SimulatedScores.Draw(400, 4, seed, temperature);
        Probabilities probabilities = areTied ? Rounded(scores.Probabilities) : scores.Probabilities;
        Func<double[], RowMetrics> figures = weights => Rows(probabilities, scores.Labels, weights).Figures;
        (RowMetrics whole, RowIntervals around) = Rows(probabilities, scores.Labels, [.. Enumerable.Repeat(1.0, 400)]);
        RowMetrics[] without =
            [.. Enumerable.Range(0, 400).Select(left => figures([.. Enumerable.Range(0, 400).Select(row => row == left ? 0.0 : 1)]))];
        Close(around.Aurc, without.Select(f => f.Aurc));
        Close(around.Augrc, without.Select(f => f.Augrc));
        Close(around.MacroF1, without.Select(f => f.MacroF1));
        Assert.InRange(whole.Aurc, around.Aurc.Low, around.Aurc.High);

        static void Close(Interval interval, IEnumerable<double> without)
        {
            double mean = without.Average(), error = Math.Sqrt(399.0 / 400 * without.Sum(value => (value - mean) * (value - mean)));

            // Bent both ways, an interval is about as wide as a straight one.
            Assert.InRange((interval.High - interval.Low) / (2 * 1.96 * error), 0.96, 1.06);
        }
    }

    /// <summary>Of rows without an error the risk is not known to be 0: at most about z² / (n·c + z²).</summary>
    [Fact]
    public void Risk_OfNoErrors_IsNotCertain()
    {
        var probabilities =
            new Probabilities([.. Enumerable.Range(0, 100).SelectMany(row => new[] { 0.9 + (0.0005 * row), 0.1 - (0.0005 * row) })], 2);
        var labels = new Labels(new int[100], ["a", "b"]);
        Interval risk = Evaluator.Evaluate(probabilities, labels,
            cancellationToken: TestContext.Current.CancellationToken)[MetricName.RiskAtCoverage50].Interval;
        Assert.Equal(0, risk.Low);
        Assert.Equal(3.8415 / (50 + 3.8415), risk.High, 4);
    }

    [Fact]
    public void UnfitRow_IsNamed_AmongMany()
    {
        SimulatedScores scores = SimulatedScores.Draw(40_000, 4, 9);
        double[] p = scores.Probabilities.Values.ToArray();
        (p[4 * 39_000], p[4 * 21_000]) = (2, double.NaN);
        ArgumentException error =
            Assert.Throws<ArgumentException>(() =>
            Evaluator.Evaluate(new Probabilities(p, 4), scores.Labels, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("row 21000 class 0 is NaN", error.Message, StringComparison.Ordinal);
    }

    private static (RowMetrics Figures, RowIntervals Intervals) Rows(Probabilities probabilities, Labels labels, double[] weights)
    {
        ScoredRows scored = ScoredRows.From(probabilities, labels, weights, 1, CancellationToken.None);
        var sorted = new SortedRows(scored);
        var refined = new RefinedRows(sorted.LogLoss, sorted.Brier);
        var counts = new ClassCounts(labels.Classes);
        RowMetrics figures = RowMetrics.Compute(sorted, refined, sorted.Weights, counts);
        return (figures, new RowIntervals(sorted, null, refined, counts, figures, scored.EffectiveCount));
    }

    private static Probabilities Rounded(Probabilities probabilities)
    {
        double[] p = probabilities.Values.ToArray();
        for (int i = 0; i < p.Length; i++)
            p[i] = Math.Round(p[i], 1) + 0.02;
        for (int row = 0; row < probabilities.Rows; row++)
        {
            double sum = p.AsSpan(row * 4, 4).ToArray().Sum();
            for (int k = 0; k < 4; k++)
                p[(row * 4) + k] /= sum;
        }

        return new Probabilities(p, 4);
    }
}
