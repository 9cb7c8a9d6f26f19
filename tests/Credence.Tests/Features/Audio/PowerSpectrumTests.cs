using System.Text.Json;
using Credence.Features.Audio;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Features.Audio;

/// <summary>Against NumPy's Fourier transform: tools/golden/sound_features.py.</summary>
public class PowerSpectrumTests
{
    [Theory]
    [InlineData(20, 64, 20)]
    [InlineData(25, 32, 25)]
    [InlineData(25, 128, 11)]
    [InlineData(16, 16, 16)]
    public void EveryPower_IsNumPys(int frame, int size, int count)
    {
        JsonElement known = KnownFeatures.Part("sounds.json", $"power {frame} {size} {count}");
        var spectrum = new PowerSpectrum(frame, size);
        var power = new double[(size / 2) + 1];

        float[] samples = [.. known.GetProperty("samples").Numbers().Select(sample => (float)sample)];
        spectrum.Compute(samples, new double[size], new double[size], power);

        KnownFeatures.Close(known.GetProperty("power").Numbers(), power, 1e-13);
    }
}
