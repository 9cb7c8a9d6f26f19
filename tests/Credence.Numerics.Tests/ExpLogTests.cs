namespace Credence.Numerics.Tests;

public sealed class ExpLogTests
{
    [Fact]
    public void ExpMap_OfFloats_IsWithin1Ulp()
    {
        float[] x = [.. Enumerable.Range(0, 1 << 20).Select(i => BitConverter.Int32BitsToSingle(unchecked((int)(i * 4099u))))
            .Where(float.IsFinite)];
        float[] y = new float[x.Length];
        Exp.Apply(x, y);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = Math.Exp(x[i]);
            if (expected > float.MaxValue)
                Assert.Equal(float.PositiveInfinity, y[i]);
            else
                SoftmaxTests.AssertUlp(expected, y[i], 1);
        }
    }

    [Fact]
    public void LogMap_OfFloats_IsWithin1Ulp()
    {
        float[] x = [.. Enumerable.Range(0, 1 << 20).Select(i => BitConverter.Int32BitsToSingle(unchecked((int)(i * 2039u))))
            .Where(v => v > 0 && float.IsFinite(v))];
        float[] y = new float[x.Length];
        Log.Apply(x, y);
        for (int i = 0; i < x.Length; i++)
            SoftmaxTests.AssertUlp(Math.Log(x[i]), y[i], 1);
    }

    [Fact]
    public void ExpAndLog_OfDoubles_AreWithin2UlpOfTheLibrary()
    {
        var rng = new Rng(3);
        for (int i = 0; i < 200_000; i++)
        {
            double x = (rng.NextDouble() * 1460) - 745;
            AssertNear(Math.Exp(x), Exp.Compute(x), 2);
            double v = BitConverter.UInt64BitsToDouble(rng.NextUInt64() >> 1);
            if (double.IsFinite(v) && v > 0)
                AssertNear(Math.Log(v), Log.Compute(v), 2);
        }
    }

    [Fact]
    public void ExpAndLog_OfSpecialValues_AreTheirLimits()
    {
        Assert.Equal(1, Exp.Compute(0.0));
        Assert.Equal(1, Exp.Compute(-0f));
        Assert.Equal(0, Exp.Compute(double.NegativeInfinity));
        Assert.Equal(0, Exp.Compute(-1000.0));
        Assert.Equal(double.PositiveInfinity, Exp.Compute(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, Exp.Compute(710.0));
        Assert.Equal(double.Epsilon, Exp.Compute(-745.0));
        Assert.Equal(double.NaN, Exp.Compute(double.NaN));
        Assert.Equal(0, Log.Compute(1.0));
        Assert.Equal(double.NegativeInfinity, Log.Compute(0.0));
        Assert.Equal(double.PositiveInfinity, Log.Compute(double.PositiveInfinity));
        Assert.Equal(double.NaN, Log.Compute(-1.0));
        Assert.Equal(float.NaN, Log.Compute(float.NegativeInfinity));
        Assert.Equal(Math.Log(double.Epsilon), Log.Compute(double.Epsilon), 1e-12);
    }

    private static void AssertNear(double expected, double actual, int ulps)
    {
        double spacing = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
        if (expected != actual && !(Math.Abs(expected - actual) <= ulps * spacing))
            Assert.Fail($"{actual:R} is {Math.Abs(expected - actual) / spacing:F1} ulp from {expected:R}");
    }
}
