using Xunit;

namespace Credence.Numerics.Tests;

public sealed class SplitGainsTests
{
    private const long Mask = (1L << 40) - 1;

    [Fact]
    public void Best_IsTheFirstOfTheGreatestGain_AsAPlainLoopFindsIt()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var random = new Rng(seed);
            var gains = new SplitGains(0.5, 0.25, Mask, random.NextInt(3), 1);
            int splits = 4 * random.NextInt(8);
            long[] lefts = [.. Enumerable.Range(0, splits).SelectMany(_ =>
                new[] { random.NextInt(41) - 20L, random.NextInt(60) + ((long)random.NextInt(9) << 40) })];
            (double gain, int split) = (1.5, -1);
            for (int i = 0; i < splits; i++)
            {
                double g = lefts[2 * i] * 0.5, h = (lefts[(2 * i) + 1] & Mask) * 0.25, other = (7 - lefts[2 * i]) * 0.5;
                double rest = (80 - (lefts[(2 * i) + 1] & Mask)) * 0.25;
                double own = (g * g / (h + gains.L2)) + (other * other / (rest + gains.L2)) - 3;
                if (h >= 1 && rest >= 1 && own > gain)
                    (gain, split) = (own, i);
            }

            Assert.Equal((gain, split), gains.Best(lefts, 7, 80, 3, 1.5));
        }
    }

    [Fact]
    public void LengthThatIsNoMultipleOfFour_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new SplitGains(1, 1, Mask, 0, 1).Best(new long[6], 1, 1, 0, 0));
}
