using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Tests.Data.Scores;

public class ConfidenceTests
{
    [Fact]
    public void OfAndTop_AreThoseOfAPlainLoop_AtEveryLength()
    {
        var rng = new Rng(9);
        for (int length = 0; length <= 67; length++)
        {
            double[] values = [.. Enumerable.Range(0, length).Select(_ => Math.Floor(10 * rng.NextDouble()) / 10)];
            Assert.Equal(length == 0 ? double.NegativeInfinity : values.Max(), Confidence.Compute(values));
            Assert.Equal(length == 0 ? 0 : Array.IndexOf(values, values.Max()), Confidence.Top(values));
            for (int place = 0; place < length; place++)
            {
                double[] odd = [.. values];
                odd[place] = double.NaN;
                Assert.True(double.IsNaN(Confidence.Compute(odd)));
                Assert.Equal(0, Confidence.Top(odd));
            }
        }
    }
}
