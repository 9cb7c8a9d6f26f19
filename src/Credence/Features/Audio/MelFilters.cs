using Credence.Numerics;

namespace Credence.Features.Audio;

/// <summary>Triangular filters, equally wide on HTK's mel scale, 2595 log₁₀(1 + f/700), each with its peak of 1 where the next one begins.
/// (S. Young et al., The HTK Book; not the area-normalised scale of Slaney.) Immutable.</summary>
internal sealed class MelFilters
{
    private const double Ln10 = 2.302585092994046;
    private readonly int[] firsts;
    private readonly double[][] weights;

    /// <summary>Bands from 0 to half the sample rate.</summary>
    /// <param name="bands">The number of bands.</param>
    /// <param name="size">The length of the Fourier transform.</param>
    /// <param name="sampleRate">Samples per second.</param>
    public MelFilters(int bands, int size, int sampleRate)
    {
        double top = ToMel(sampleRate / 2.0);
        double[] edges = [.. Enumerable.Range(0, bands + 2).Select(i => ToHertz(top * i / (bands + 1)))];
        Centres = edges[1..^1];
        firsts = new int[bands];
        weights = new double[bands][];
        for (int band = 0; band < bands; band++)
        {
            double low = edges[band], centre = edges[band + 1], high = edges[band + 2];
            firsts[band] = (int)Math.Ceiling(low * size / sampleRate);
            int last = Math.Min((int)Math.Floor(high * size / sampleRate), size / 2);
            weights[band] = new double[Math.Max(0, last - firsts[band] + 1)];
            for (int i = 0; i < weights[band].Length; i++)
            {
                double frequency = (double)(firsts[band] + i) * sampleRate / size;
                weights[band][i] = Math.Max(0, Math.Min((frequency - low) / (centre - low), (high - frequency) / (high - centre)));
            }
        }
    }

    /// <summary>The bands' centres in hertz.</summary>
    public IReadOnlyList<double> Centres { get; }

    /// <summary>ln(power in each band + 10⁻⁶).</summary>
    public void Apply(ReadOnlySpan<double> power, Span<double> logarithms)
    {
        for (int band = 0; band < weights.Length; band++)
        {
            double sum = 0;
            for (int i = 0; i < weights[band].Length; i++)
                sum += weights[band][i] * power[firsts[band] + i];

            logarithms[band] = Log.Compute(sum + 1e-6);
        }
    }

    private static double ToMel(double hertz) => 2595 / Ln10 * Log.Compute(1 + (hertz / 700));

    private static double ToHertz(double mel) => 700 * (Exp.Compute(mel * Ln10 / 2595) - 1);
}
