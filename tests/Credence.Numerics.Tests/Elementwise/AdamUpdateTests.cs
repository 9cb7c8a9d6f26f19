namespace Credence.Numerics.Tests;

public class AdamUpdateTests
{
    [Fact]
    public void Apply_IsThePlainLoop_AtEveryLength()
    {
        foreach (int length in LaneOrder.Lengths)
        {
            float[] theta = Numbers.Single(length, 2, 1), g = Numbers.Single(length, 2, 2), m = Numbers.Single(length, 1, 3);
            float[] v = [.. Numbers.Single(length, 1, 4).Select(Math.Abs)];
            if (length > 0)
                g[length / 2] = float.NaN;
            float[] expected = [.. theta], expectedM = [.. m], expectedV = [.. v];
            Plain(expected, g, expectedM, expectedV, 7, 0.01, 0.1);
            AdamUpdate.Apply(theta, g, m, v, 7, 0.01, 0.1);
            Assert.Equal(expected, theta);
            Assert.Equal(expectedM, m);
            Assert.Equal(expectedV, v);
        }
    }

    [Fact]
    public void Apply_OfTheFirstStep_MovesByTheStepsSize()
    {
        float[] theta = [1, -1, 5], m = new float[3], v = new float[3];
        AdamUpdate.Apply(theta, [3f, -0.001f, 0], m, v, 1, 0.5, 0);
        Assert.Equal(0.5f, theta[0], 1e-4f);
        Assert.Equal(-0.5f, theta[1], 1e-4f);
        Assert.Equal(5, theta[2]);
    }

    [Fact]
    public void WrongArguments_AreRefused()
    {
        float[] four = new float[4], three = new float[3];
        Assert.Contains(
            "'gradient' has length 3, needs at least 4.",
            Assert.Throws<ArgumentException>(() => AdamUpdate.Apply(four, three, four, four, 1, 1, 0)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => AdamUpdate.Apply(four, four, three, four, 1, 1, 0));
        Assert.Throws<ArgumentException>(() => AdamUpdate.Apply(four, four, four, three, 1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => AdamUpdate.Apply(four, four, four, four, 0, 1, 0));
    }

    private static void Plain(float[] theta, float[] g, float[] m, float[] v, int step, double size, double decay)
    {
        double a = 1, b = 1;
        for (int t = 0; t < step; t++)
            (a, b) = (a * 0.9, b * 0.999);
        float scale = (float)(1 / (1 - a)), square = (float)(1 / (1 - b));
        for (int i = 0; i < theta.Length; i++)
        {
            m[i] = (m[i] * 0.9f) + (g[i] * (float)(1 - 0.9));
            v[i] = (v[i] * 0.999f) + (g[i] * g[i] * (float)(1 - 0.999));
            theta[i] -= ((m[i] * scale / (MathF.Sqrt(v[i] * square) + 1e-8f)) + (theta[i] * (float)decay)) * (float)size;
        }
    }
}
