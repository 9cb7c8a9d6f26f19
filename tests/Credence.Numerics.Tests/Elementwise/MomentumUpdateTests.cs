namespace Credence.Numerics.Tests;

public class MomentumUpdateTests
{
    [Fact]
    public void Apply_IsThePlainLoop_AtEveryLength()
    {
        foreach (int length in LaneOrder.Lengths)
        {
            float[] theta = Numbers.Single(length, 2, 1), g = Numbers.Single(length, 2, 2), v = Numbers.Single(length, 1, 3);
            if (length > 0)
                g[length / 2] = float.NaN;
            float[] expected = [.. theta], expectedV = [.. v];
            for (int i = 0; i < length; i++)
            {
                expectedV[i] = (v[i] * 0.9f) + g[i];
                expected[i] -= (g[i] + (expectedV[i] * 0.9f)) * 0.01f;
            }

            MomentumUpdate.Apply(theta, g, v, 0.01f, 0.9f);
            Assert.Equal(expected, theta);
            Assert.Equal(expectedV, v);
        }
    }

    [Fact]
    public void ShortSpans_AreRefused()
    {
        float[] four = new float[4], three = new float[3];
        Assert.Throws<ArgumentException>(() => MomentumUpdate.Apply(four, three, four, 1, 0.9f));
        Assert.Throws<ArgumentException>(() => MomentumUpdate.Apply(four, four, three, 1, 0.9f));
    }
}
