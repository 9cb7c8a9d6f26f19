using Credence.Files.Media;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Media;

/// <summary>Sounds as SciPy and Python's wave write them: tools/golden/media.py.</summary>
public class WavFormatTests
{
    [Theory]
    [InlineData("u1.wav")]
    [InlineData("i2.wav")]
    [InlineData("i3.wav")]
    [InlineData("i4.wav")]
    [InlineData("f4.wav")]
    [InlineData("f8.wav")]
    [InlineData("stereo.wav")]
    public void EverySample_IsReadAsItWasWritten(string name)
    {
        (int rate, double[] expected) = KnownMedia.Sound(name);

        (float[] samples, int found) = WavFormat.Read(new MemoryStream(KnownMedia.Bytes(name)), name, maxSamples: 1 << 20);

        Assert.Equal(rate, found);
        Assert.Equal(rate, WavFormat.RateOf(new MemoryStream(KnownMedia.Bytes(name)), name));
        Assert.Equal(expected.Select(sample => (float)sample), samples);
    }
}
