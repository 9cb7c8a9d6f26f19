namespace Credence.Features.Options;

/// <summary>How audio becomes features: the logarithm of the power in mel bands, frame by frame, and its cosine transform (MFCC),
/// both summarised over time.</summary>
public sealed record AudioOptions
{
    /// <summary>The length of a frame in seconds.</summary>
    public double FrameSeconds { get; init; } = 0.025;

    /// <summary>The time from one frame to the next in seconds.</summary>
    public double HopSeconds { get; init; } = 0.010;

    /// <summary>The number of mel bands from 0 to half the sample rate.</summary>
    public int MelBands { get; init; } = 40;

    /// <summary>The number of cepstral coefficients, the first being loudness.</summary>
    public int Coefficients { get; init; } = 13;

    /// <summary>The number of equal segments of a clip; the coefficients' mean over each is a feature, so that temporal order is kept
    /// for clips of different lengths.</summary>
    public int Segments { get; init; } = 20;

    internal void Check()
    {
        Within(nameof(FrameSeconds), FrameSeconds, 0.001, 1);
        Within(nameof(HopSeconds), HopSeconds, 0.001, 1);
        Within(nameof(MelBands), MelBands, 2, 512);
        Within(nameof(Coefficients), Coefficients, 1, MelBands);
        Within(nameof(Segments), Segments, 1, 1000);
    }

    private static void Within(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentException($"'{name}' is {value}, must be {least} to {most}.");
    }
}
