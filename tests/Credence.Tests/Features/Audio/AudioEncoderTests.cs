using System.Text.Json;
using Credence.Data.Columns;
using Credence.Features.Audio;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Features.Audio;

/// <summary>Against NumPy and SciPy: tools/golden/sound_features.py.</summary>
public class AudioEncoderTests
{
    [Fact]
    public void EveryFeature_IsStandardisedOverTheTrainingClips()
    {
        JsonElement known = KnownFeatures.Part("sounds.json", "clips");
        int rate = known.GetProperty("rate").GetInt32();
        AudioColumn train = Clips(SoundFeaturesTests.Clips[..4], rate);
        AudioEncoder encoder = AudioEncoder.Fit(train, SoundFeaturesTests.Options, 1, CancellationToken.None, out string? leftOut)!;

        float[][] features = KnownFeatures.Encode(encoder, Clips(SoundFeaturesTests.Clips, rate));

        Assert.Null(leftOut);
        Assert.Equal((3 * 4) + 6 + 6 + 1, encoder.Width);
        Assert.Equal("mfcc 0 at 0 to 33 %", encoder.Names[0]);
        Assert.Equal("length", encoder.Names[^1]);
        for (int clip = 0; clip < features.Length; clip++)
            KnownFeatures.Close(known.GetProperty("features")[clip].Numbers(), features[clip], 1e-6);
    }

    private static AudioColumn Clips(float[][] clips, int rate)
    {
        int[] starts = [0, .. clips.Select((_, i) => clips.Take(i + 1).Sum(clip => clip.Length))];
        return new AudioColumn("x", [.. clips.SelectMany(clip => clip)], starts, rate);
    }
}
