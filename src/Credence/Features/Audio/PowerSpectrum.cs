using System.Numerics;
using Credence.Numerics;

namespace Credence.Features.Audio;

/// <summary>The power at each frequency of a windowed frame: |FFT(window · samples)|², by the iterative radix-2 transform of J. Cooley
/// and J. Tukey (1965). Immutable.</summary>
internal sealed class PowerSpectrum
{
    private readonly double[] window;
    private readonly double[] cosines;
    private readonly double[] sines;

    /// <summary>Prepares a transform.</summary>
    /// <param name="frame">The samples of a frame. The window is the periodic Hann window, ½ − ½ cos(2πi / frame).</param>
    /// <param name="size">The length of the transform, a power of two of at least <paramref name="frame"/>; the rest is zero
    /// padding.</param>
    public PowerSpectrum(int frame, int size)
    {
        window = [.. Enumerable.Range(0, frame).Select(i => 0.5 - (0.5 * Cosine.Compute(2 * Math.PI * i / frame)))];
        cosines = [.. Enumerable.Range(0, size / 2).Select(i => Cosine.Compute(2 * Math.PI * i / size))];
        sines = [.. Enumerable.Range(0, size / 2).Select(i => -Sine.Compute(2 * Math.PI * i / size))];
        Size = size;
    }

    /// <summary>The length of the transform.</summary>
    public int Size { get; }

    /// <summary>The samples of a frame.</summary>
    public int Frame => window.Length;

    /// <summary>The power at frequencies 0, 1/Size, … 1/2 of the sample rate.</summary>
    /// <param name="samples">At most a frame; a shorter one is padded with silence.</param>
    /// <param name="real">A buffer of <see cref="Size"/> numbers.</param>
    /// <param name="imaginary">A buffer of the same length.</param>
    /// <param name="power">Size / 2 + 1 numbers.</param>
    public void Compute(ReadOnlySpan<float> samples, Span<double> real, Span<double> imaginary, Span<double> power)
    {
        real.Clear();
        imaginary.Clear();
        int shift = BitOperations.LeadingZeroCount((uint)Size) + 1;
        for (int i = 0; i < samples.Length; i++)
            real[(int)(Reverse((uint)i) >> shift)] = samples[i] * window[i];

        for (int half = 1, stride = Size / 2; half < Size; half *= 2, stride /= 2)
        {
            for (int start = 0; start < Size; start += 2 * half)
            {
                for (int i = 0; i < half; i++)
                {
                    int a = start + i, b = a + half;
                    double cosine = cosines[i * stride], sine = sines[i * stride];
                    double re = (real[b] * cosine) - (imaginary[b] * sine), im = (real[b] * sine) + (imaginary[b] * cosine);
                    (real[b], imaginary[b]) = (real[a] - re, imaginary[a] - im);
                    (real[a], imaginary[a]) = (real[a] + re, imaginary[a] + im);
                }
            }
        }

        for (int i = 0; i < power.Length; i++)
            power[i] = (real[i] * real[i]) + (imaginary[i] * imaginary[i]);
    }

    /// <summary>The 32 bits in reverse order.</summary>
    private static uint Reverse(uint bits)
    {
        bits = ((bits >> 1) & 0x55555555) | ((bits & 0x55555555) << 1);
        bits = ((bits >> 2) & 0x33333333) | ((bits & 0x33333333) << 2);
        bits = ((bits >> 4) & 0x0F0F0F0F) | ((bits & 0x0F0F0F0F) << 4);
        bits = ((bits >> 8) & 0x00FF00FF) | ((bits & 0x00FF00FF) << 8);
        return (bits >> 16) | (bits << 16);
    }
}
