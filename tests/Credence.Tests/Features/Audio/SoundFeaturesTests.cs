using System.Text.Json;
using Credence.Features.Audio;
using Credence.Features.Options;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Features.Audio;

/// <summary>Against NumPy and SciPy: tools/golden/sound_features.py.</summary>
public class SoundFeaturesTests
{
    private static readonly JsonElement Known = KnownFeatures.Part("sounds.json", "clips");

    [Fact]
    public void LogMelAndCepstrum_OfAClip()
    {
        var sound = new SoundFeatures(Options, Known.GetProperty("rate").GetInt32());

        double[] logMel = sound.LogMel(Clips[1]);

        KnownFeatures.Close(Known.GetProperty("log_mel").Numbers(), logMel, 1e-9);
        KnownFeatures.Close(Known.GetProperty("cepstrum").Numbers(), sound.Cepstrum(logMel), 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void EveryFeature_OfAClip(int clip)
    {
        var sound = new SoundFeatures(Options, Known.GetProperty("rate").GetInt32());
        var features = new double[sound.Names.Count];

        sound.Compute(Clips[clip], features);

        KnownFeatures.Close(Known.GetProperty("sound")[clip].Numbers(), features, 1e-9);
    }

    /// <summary>The script's clips.</summary>
    internal static float[][] Clips { get; } =
        [.. Known.GetProperty("samples").Items().Select(clip => clip.Numbers().Select(sample => (float)sample).ToArray())];

    /// <summary>The script's settings.</summary>
    internal static AudioOptions Options { get; } = new()
    {
        FrameSeconds = Known.GetProperty("frame_seconds").GetDouble(),
        HopSeconds = Known.GetProperty("hop_seconds").GetDouble(),
        MelBands = Known.GetProperty("bands").GetInt32(),
        Coefficients = Known.GetProperty("coefficients").GetInt32(),
        Segments = Known.GetProperty("segments").GetInt32(),
    };
}
