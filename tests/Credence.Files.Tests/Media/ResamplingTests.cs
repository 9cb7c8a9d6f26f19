using Credence.Files.Media;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Media;

/// <summary>A sinc under a Hann window, as a few lines of Python work it out: tools/golden/media.py.</summary>
public class ResamplingTests
{
    [Theory]
    [InlineData(8000, 16000)]
    [InlineData(16000, 8000)]
    [InlineData(8000, 11025)]
    [InlineData(44100, 16000)]
    public void EverySample_IsTheWindowedSincs(int from, int to)
    {
        float[] tone = [.. KnownMedia.Sound("tone").Samples.Select(sample => (float)sample)];
        double[] expected = KnownMedia.Sound($"resampled {from} to {to}").Samples;

        float[] resampled = Resampling.Resample(tone, from, to);

        Assert.Equal(expected.Length, resampled.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], resampled[i], 2e-7);
    }
}
