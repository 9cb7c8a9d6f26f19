using Credence.Evaluation.Metrics;
using Credence.Numerics;

namespace Credence.Tests.Evaluation.Metrics;

public class RankedClassTests
{
    /// <summary>The guide leaves few scores to look through, and always those among which the place is.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(300, 1)]
    [InlineData(300, 40)]
    public void PlaceOf_IsThatOfASearchThroughAll(int count, double spread)
    {
        var rng = new Rng(11);
        double Draw() =>
            rng.NextInt(9) switch { 0 => 0, 1 => 1, 2 => 0.5, 3 => double.Epsilon, _ => Exp.Compute(-spread * rng.NextDouble() * 9) };
        List<(double Score, double Weight)> own = [.. Enumerable.Range(0, count).Select(_ => (Draw(), 1.0))];
        double[] distinct = [.. own.Select(row => row.Score).Distinct().Order()];
        var ranked = new RankedClass(own);
        foreach (double score in (double[])[.. distinct, .. Enumerable.Range(0, 2000).Select(_ => Draw()), -0.0, 1.002])
        {
            int below = distinct.Count(known => known < score);
            Assert.Equal((2 * below) + (distinct.Contains(score) ? 1 : 0), ranked.PlaceOf(score));
        }
    }
}
