using Credence.Features.Options;
using Credence.Numerics;

namespace Credence.Features.Audio;

/// <summary>A clip as a fixed number of features: the cepstral coefficients' mean over each equal segment of the clip, the mean and
/// standard deviation over time of each mel band, and the logarithm of its length. Immutable.</summary>
internal sealed class SoundFeatures
{
    private readonly AudioOptions options;
    private readonly PowerSpectrum spectrum;
    private readonly MelFilters filters;
    private readonly int hop;
    private readonly double[] cosines;

    /// <summary>Prepares the transform.</summary>
    /// <param name="options">The options, already checked.</param>
    /// <param name="sampleRate">Samples per second.</param>
    public SoundFeatures(AudioOptions options, int sampleRate)
    {
        this.options = options;
        int frame = Math.Max(2, (int)Math.Round(options.FrameSeconds * sampleRate));
        hop = Math.Max(1, (int)Math.Round(options.HopSeconds * sampleRate));

        // Twice the frame: the lowest bands are narrow, and each must contain a frequency of the transform.
        spectrum = new PowerSpectrum(frame, (int)System.Numerics.BitOperations.RoundUpToPowerOf2(2 * (uint)frame));
        filters = new MelFilters(options.MelBands, spectrum.Size, sampleRate);
        cosines = CosineTransform(options.Coefficients, options.MelBands);
        Names =
        [
            .. Enumerable.Range(0, options.Segments).SelectMany(segment => Enumerable.Range(0, options.Coefficients)
                .Select(c => $"mfcc {c} at {100 * segment / options.Segments} to {100 * (segment + 1) / options.Segments} %")),
            .. filters.Centres.Select(hertz => $"{hertz:F0} Hz mean"),
            .. filters.Centres.Select(hertz => $"{hertz:F0} Hz deviation"),
            "length",
        ];
    }

    /// <summary>The features' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>ln(power + 10⁻⁶) in each mel band of each frame: [frames, bands]. A clip shorter than a frame has one frame, padded with
    /// silence.</summary>
    public double[] LogMel(ReadOnlySpan<float> samples)
    {
        int frames = samples.Length <= spectrum.Frame ? 1 : 1 + ((samples.Length - spectrum.Frame) / hop);
        var logMel = new double[frames * options.MelBands];
        double[] real = new double[spectrum.Size], imaginary = new double[spectrum.Size], power = new double[(spectrum.Size / 2) + 1];
        for (int frame = 0; frame < frames; frame++)
        {
            ReadOnlySpan<float> part = samples[(frame * hop)..];
            spectrum.Compute(part[..Math.Min(part.Length, spectrum.Frame)], real, imaginary, power);
            filters.Apply(power, logMel.AsSpan(frame * options.MelBands, options.MelBands));
        }

        return logMel;
    }

    /// <summary>The cepstral coefficients of each frame, by the orthonormal DCT-II of its log-mel bands: [frames, coefficients].</summary>
    public double[] Cepstrum(ReadOnlySpan<double> logMel)
    {
        int bands = options.MelBands, coefficients = options.Coefficients, frames = logMel.Length / bands;
        var cepstrum = new double[frames * coefficients];
        for (int frame = 0; frame < frames; frame++)
        {
            for (int c = 0; c < coefficients; c++)
            {
                double sum = 0;
                for (int band = 0; band < bands; band++)
                    sum += cosines[(c * bands) + band] * logMel[(frame * bands) + band];

                cepstrum[(frame * coefficients) + c] = sum;
            }
        }

        return cepstrum;
    }

    /// <summary>Computes the features of a clip, one per <see cref="Names"/>.</summary>
    public void Compute(ReadOnlySpan<float> samples, Span<double> features)
    {
        double[] logMel = LogMel(samples);
        double[] cepstrum = Cepstrum(logMel);
        int segmented = options.Segments * options.Coefficients;
        AddSegments(cepstrum, features[..segmented]);
        AddStatistics(logMel, features.Slice(segmented, options.MelBands), features.Slice(segmented + options.MelBands, options.MelBands));
        features[^1] = Log.Compute(Math.Max(1.0, samples.Length));
    }

    /// <summary>The mean over each segment; a frame at a boundary counts by its share.</summary>
    private void AddSegments(double[] cepstrum, Span<double> means)
    {
        int coefficients = options.Coefficients, frames = cepstrum.Length / coefficients;
        means.Clear();
        double length = (double)frames / options.Segments;
        for (int segment = 0; segment < options.Segments; segment++)
        {
            double from = segment * length, to = from + length;
            for (int frame = (int)from; frame < Math.Min(frames, to); frame++)
            {
                double share = (Math.Min(frame + 1, to) - Math.Max(frame, from)) / length;
                for (int c = 0; c < coefficients; c++)
                    means[(segment * coefficients) + c] += share * cepstrum[(frame * coefficients) + c];
            }
        }
    }

    private void AddStatistics(double[] logMel, Span<double> means, Span<double> deviations)
    {
        int bands = options.MelBands, frames = logMel.Length / bands;
        for (int band = 0; band < bands; band++)
        {
            double sum = 0, squares = 0;
            for (int frame = 0; frame < frames; frame++)
                sum += logMel[(frame * bands) + band];

            double mean = sum / frames;
            for (int frame = 0; frame < frames; frame++)
            {
                double distance = logMel[(frame * bands) + band] - mean;
                squares += distance * distance;
            }

            means[band] = mean;
            deviations[band] = Math.Sqrt(squares / frames);
        }
    }

    private static double[] CosineTransform(int coefficients, int bands)
    {
        var cosines = new double[coefficients * bands];
        for (int c = 0; c < coefficients; c++)
        {
            double scale = Math.Sqrt((c == 0 ? 1.0 : 2.0) / bands);
            for (int band = 0; band < bands; band++)
                cosines[(c * bands) + band] = scale * Cosine.Compute(Math.PI * c * (band + 0.5) / bands);
        }

        return cosines;
    }
}
