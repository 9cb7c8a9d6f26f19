using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.OutOfDistribution;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.OutOfDistribution;

public class OutlierDetectorTests
{
    private static readonly Logits Fitted = new([2, 1, -1, 0, 0.5, 0.25, 3, -2, -4, 1.5, 1.25, 1], 4);

    /// <summary>Values of tools/golden/outlier_scores.py, at 30 digits.</summary>
    [Theory]
    [InlineData(LogitScore.MaxProbability, 1, 4, -0.64391425988797231, -0.86749017573903174, -0.41851191810948509, -0.25)]
    [InlineData(LogitScore.MaxLogit, 1, 4, -2, -3, -1.5, -1)]
    [InlineData(LogitScore.Energy, 1, 4, -2.4401896985611953, -3.142151092021754, -2.3710499112992369, -2.3862943611198906)]
    [InlineData(LogitScore.Energy, 2, 4, -3.574677343396659, -3.9666162010253239, -3.5051023883618081, -3.7725887222397812)]
    [InlineData(LogitScore.GeneralisedEntropy, 1, 2, 1.7058312023009848, 1.5676309407947493, 1.7275866025603764, 1.6917263851493571)]
    [InlineData(LogitScore.GeneralisedEntropy, 1, 4, 3.1888022619571011, 2.9098410347201202, 3.1030361047627368, 3.3834527702987142)]
    [InlineData(LogitScore.KlMatching, 1, 4, 0, 0, 0, 0.55389533744130471)]
    [InlineData(LogitScore.Entropy, 1, 4, 0.94753696397542556, 0.50190260762827376, 1.088861412625332, 1.3862943611198906)]
    public void Score_IsTheKnownOne(LogitScore score, double temperature, int top, double first, double second, double third, double flat)
    {
        LogitScorer scorer = LogitScorer.Fit(Fitted, new() { Score = score, Temperature = temperature, TopClasses = top });

        Assert.Equal([first, second, third], OutlierDetector.ScoreRows(scorer, Fitted.Values), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(flat, scorer.Score([1, 1, 1, 1]), 1e-12);
    }

    [Fact]
    public void PValue_IsTheRankAmongKnownRows_AndItsThresholdIsTheSameAlarm()
    {
        SimulatedScores known = SimulatedScores.Draw(99, 3, seed: 5), other = SimulatedScores.Draw(400, 3, seed: 6, temperature: 4);
        OutlierDetector detector = OutlierDetector.Fit(LogitScorer.Fit(known.Logits), known.Logits.Values);
        double[] scores = OutlierDetector.ScoreRows(detector.Scorer, known.Logits.Values);
        foreach (double rate in new[] { 0.01, 0.05, 0.1, 0.37 })
        {
            double threshold = detector.Threshold(rate);
            for (int row = 0; row < other.Logits.Rows; row++)
            {
                double score = detector.Scorer.Score(other.Logits.Row(row)), p = detector.PValue(other.Logits.Row(row));
                Assert.Equal((1.0 + scores.Count(known => known >= score)) / 100, p, 1e-12);
                Assert.Equal(score > threshold, p <= rate);
            }
        }

        Assert.Equal(double.PositiveInfinity, detector.Threshold(0.005));
        Assert.Equal(detector.LeastPValue, detector.PValue([double.NaN, 0, 0]));
    }

    [Fact]
    public void Alarms_OnKnownRows_AreAsManyAsChosen_AndBenjaminiHochbergBoundsTheFalseOnes()
    {
        double alarms = 0, falseShare = 0, found = 0;
        const int draws = 200;
        for (ulong seed = 0; seed < draws; seed++)
        {
            SimulatedScores known = SimulatedScores.Draw(400, 3, seed: 100 + (3 * seed)),
                same = SimulatedScores.Draw(80, 3, seed: 101 + (3 * seed));
            OutlierDetector detector =
                OutlierDetector.Fit(LogitScorer.Fit(known.Logits, new() { Score = LogitScore.MaxLogit }), known.Logits.Values);
            double[] p = [.. Enumerable.Range(0, 80).Select(row => detector.PValue(same.Logits.Row(row))), .. Enumerable.Range(0, 40)
                .Select(_ => detector.PValue([-9, -9, -9]))];
            alarms += p.Take(80).Count(value => value <= 0.1) / 80.0;
            bool[] rejected = BenjaminiHochberg.Reject(p, 0.1);
            int all = rejected.Count(true), wrong = rejected.Take(80).Count(one => one);
            falseShare += (double)wrong / Math.Max(1, all);
            found += rejected.Skip(80).Count(one => one) / 40.0;
        }

        // The mean of 200 draws of 80 rows has a standard deviation of about 0.003, the share of false ones of about 0.004.
        Assert.InRange(alarms / draws, 0.085, 0.11);
        Assert.InRange(falseShare / draws, 0.03, 0.1 * 80 / 120 + 0.012);
        Assert.Equal(1, found / draws, 0.02);
    }

    [Fact]
    public void SaveThenLoad_GivesTheSamePValues()
    {
        SimulatedScores known = SimulatedScores.Draw(120, 4, seed: 9);
        foreach (LogitScore score in Enum.GetValues<LogitScore>())
        {
            OutlierDetector detector = OutlierDetector.Fit(LogitScorer.Fit(known.Logits, new() { Score = score }), known.Logits.Values);
            var tensors = new NamedTensors();
            var saved = (JsonObject)JsonNode.Parse(detector.Save(tensors, "o.").ToJsonString())!;

            OutlierDetector loaded = OutlierDetector.Load(saved, tensors, "o.");

            for (int row = 0; row < 120; row++)
                Assert.Equal(detector.PValue(known.Logits.Row(row)), loaded.PValue(known.Logits.Row(row)));

            saved["scorer"]!["score"] = "Clairvoyance";
            Assert.Contains("Clairvoyance", Assert.Throws<InvalidDataException>(() => OutlierDetector.Load(saved, tensors, "o."))
                .Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tradeoff_IsWhatTryingEveryThresholdGives()
    {
        var rng = new Rng(12);
        double[] known = [.. Enumerable.Range(0, 60).Select(_ => (double)rng.NextInt(12))],
            strange = [.. Enumerable.Range(0, 40).Select(_ => 4.0 + rng.NextInt(12))];
        bool[] right = [.. Enumerable.Range(0, 60).Select(_ => rng.NextDouble() < 0.8)];
        var tradeoff = OutlierTradeoff.Compute(known, right, strange);
        foreach (double level in new[] { 0, 0.03, 0.1, 0.5, 0.65, 1 })
        {
            double[] thresholds = [.. known, .. strange, double.PositiveInfinity];
            double best = thresholds.Where(t => known.Count(s => s >= t) <= level * 60).Max(t => strange.Count(s => s >= t) / 40.0);
            Assert.Equal(best, tradeoff.AtFalseAlarms(level).Recall, 1e-12);

            double[] kept = [.. thresholds.Where(t => Enumerable.Range(0, 60).Count(i => right[i] && known[i] < t) >= level * 60)];
            Assert.Equal(kept.Length == 0 ? null
                : kept.Max(t => strange.Count(s => s >= t) / 40.0), tradeoff.AtKnownAccuracy(level)?.Recall);
        }

        Assert.Equal(right.Count(true) / 60.0, tradeoff.KnownAccuracy);
        Assert.Throws<ArgumentException>(() => OutlierTradeoff.Compute([double.NaN], [true], [1]));
        Assert.Throws<ArgumentException>(() => OutlierTradeoff.Compute([], [], [1]));
    }
}
