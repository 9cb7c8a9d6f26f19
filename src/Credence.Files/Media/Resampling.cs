using Credence.Numerics;

namespace Credence.Files.Media;

/// <summary>Resamples a sound by a windowed sinc: frequencies above half of the lower rate are removed first,
/// so that they don't alias (Smith, Digital Audio Resampling, 2002).</summary>
internal static class Resampling
{
    /// <summary>The maximum ratio of the two rates.</summary>
    public const int MaxRatio = 64;

    private const int ZeroCrossings = 16;

    /// <summary>The resampled sound.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="from">Their rate in Hz.</param>
    /// <param name="to">The target rate in Hz.</param>
    public static float[] Resample(float[] samples, int from, int to)
    {
        if (from == to || samples.Length == 0)
            return samples;

        int divisor = Divisor(from, to);
        long up = to / divisor, down = from / divisor;
        double cutoff = Math.Min(1, (double)to / from);
        int half = (int)Math.Ceiling(ZeroCrossings / cutoff);
        var resampled = new float[checked((int)(((samples.LongLength * up) + down - 1) / down))];
        var filters = new Dictionary<long, double[]>();
        for (int i = 0; i < resampled.Length; i++)
        {
            // Output i lies at i·down/up of the input: a whole part and a phase in 1/up.
            long position = i * down, whole = position / up, phase = position % up;
            if (!filters.TryGetValue(phase, out double[]? filter))
            {
                filter = Filter((double)phase / up, cutoff, half);
                if (filters.Count < 4096)
                    filters.Add(phase, filter);
            }

            double sum = 0;
            long first = whole - half + 1;
            for (int tap = 0; tap < filter.Length; tap++)
            {
                long at = first + tap;
                if (at >= 0 && at < samples.Length)
                    sum += filter[tap] * samples[at];
            }

            resampled[i] = (float)sum;
        }

        return resampled;
    }

    /// <summary>The taps for a point that lies a fraction past the input's sample, a sinc under a Hann window, adding up to 1.</summary>
    private static double[] Filter(double fraction, double cutoff, int half)
    {
        var taps = new double[2 * half];
        double sum = 0;
        for (int tap = 0; tap < taps.Length; tap++)
        {
            double distance = tap - half + 1 - fraction;
            double x = Math.PI * distance * cutoff;
            double sinc = Math.Abs(x) < 1e-12 ? 1 : Sine.Compute(x) / x;
            double window = Math.Abs(distance) >= half ? 0 : 0.5 + (0.5 * Cosine.Compute(Math.PI * distance / half));
            taps[tap] = sinc * window;
            sum += taps[tap];
        }

        for (int tap = 0; tap < taps.Length; tap++)
            taps[tap] /= sum;

        return taps;
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}
