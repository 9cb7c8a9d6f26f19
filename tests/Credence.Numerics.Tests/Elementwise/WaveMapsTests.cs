using Xunit;

namespace Credence.Numerics.Tests;

public sealed class WaveMapsTests
{
    [Fact]
    public void SineAndCosine_AreThoseOfEachAngle()
    {
        double[] x = [0, .. Numbers.Uniform(50, 30, 1)], sines = new double[51], cosines = new double[51];

        WaveMaps.Sine(x, sines);
        WaveMaps.Cosine(x, cosines);

        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(Math.Sin(x[i]), sines[i], 1e-14);
            Assert.Equal(Math.Cos(x[i]), cosines[i], 1e-14);
        }
    }
}
