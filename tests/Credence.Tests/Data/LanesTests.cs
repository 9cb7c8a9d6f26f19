using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Tests.Data;

public class LanesTests
{
    [Fact]
    public void SumsAndSearches_AreThoseOfAPlainLoop_AtEveryLength()
    {
        var rng = new Rng(9);
        for (int length = 0; length <= 67; length++)
        {
            double[] values = [.. Enumerable.Range(0, length).Select(_ => Math.Floor(10 * rng.NextDouble()) / 10)];
            Assert.Equal(values.Sum(), Lanes.Sum(values), 1e-12);
            foreach (double sought in new[] { 0, 0.3, 0.9, 1, double.NaN })
                Assert.Equal(double.IsNaN(sought) ? -1 : Array.IndexOf(values, sought), Lanes.IndexOf(values, sought));

            Assert.True(Lanes.AreWithin(values, 0, 0.9));
            Assert.Equal(!values.Contains(0.9), Lanes.AreWithin(values, 0, 0.85));
            Assert.Equal(length == 0 ? double.NegativeInfinity : values.Max(), Confidence.Compute(values));
            Assert.Equal(length == 0 ? 0 : Array.IndexOf(values, values.Max()), Confidence.Top(values));
            for (int place = 0; place < length; place++)
            {
                double[] odd = [.. values];
                odd[place] = double.NaN;
                Assert.False(Lanes.AreWithin(odd, 0, 1));
                Assert.True(double.IsNaN(Confidence.Compute(odd)));
                Assert.Equal(0, Confidence.Top(odd));
            }
        }
    }
}
