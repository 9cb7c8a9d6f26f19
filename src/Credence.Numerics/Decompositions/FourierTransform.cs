namespace Credence.Numerics;

/// <summary>The discrete Fourier transform of one length, a power of two, in place.</summary>
/// <remarks>X_k = Σ_j x_j e^(−2πi jk / n), by J. Cooley and J. Tukey's algorithm (1965), radix 2. An instance holds the tables and may be
/// used by many threads at once.</remarks>
public sealed class FourierTransform
{
    private readonly double[] cosines;
    private readonly double[] sines;
    private readonly int[] reversed;

    /// <summary>Makes the tables.</summary>
    /// <param name="length">n, a power of two from 2 to 2^28.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not such a number.</exception>
    public FourierTransform(int length)
    {
        if (length is < 2 or > 1 << 28 || (length & (length - 1)) != 0)
            throw new ArgumentOutOfRangeException(nameof(length), length, "The length must be a power of two from 2 to 2^28.");

        Length = length;
        cosines = new double[length / 2];
        sines = new double[length / 2];
        for (int k = 0; k < length / 2; k++)
        {
            cosines[k] = Cosine.Compute(2 * Math.PI * k / length);
            sines[k] = Sine.Compute(2 * Math.PI * k / length);
        }

        reversed = new int[length];
        for (int k = 1; k < length; k++)
            reversed[k] = (reversed[k >> 1] >> 1) | ((k & 1) == 0 ? 0 : length >> 1);
    }

    /// <summary>n.</summary>
    public int Length { get; }

    /// <summary>The transform with the negative exponent.</summary>
    /// <param name="real">n real parts, replaced by those of the transform.</param>
    /// <param name="imaginary">n imaginary parts, likewise.</param>
    /// <exception cref="ArgumentException">A length is not n.</exception>
    public void Forward(Span<double> real, Span<double> imaginary)
    {
        Shape.Exactly(real.Length, Length, nameof(real));
        Shape.Exactly(imaginary.Length, Length, nameof(imaginary));
        for (int k = 0; k < Length; k++)
        {
            int other = reversed[k];
            if (other > k)
            {
                (real[k], real[other]) = (real[other], real[k]);
                (imaginary[k], imaginary[other]) = (imaginary[other], imaginary[k]);
            }
        }

        for (int half = 1; half < Length; half <<= 1)
        {
            int stride = Length / (2 * half);
            for (int start = 0; start < Length; start += 2 * half)
            {
                Span<double> lowReal = real.Slice(start, half), highReal = real.Slice(start + half, half);
                Span<double> lowImaginary = imaginary.Slice(start, half), highImaginary = imaginary.Slice(start + half, half);
                for (int k = 0; k < half; k++)
                {
                    double cosine = cosines[k * stride], sine = sines[k * stride];
                    double x = (highReal[k] * cosine) + (highImaginary[k] * sine);
                    double y = (highImaginary[k] * cosine) - (highReal[k] * sine);
                    (lowReal[k], highReal[k]) = (lowReal[k] + x, lowReal[k] - x);
                    (lowImaginary[k], highImaginary[k]) = (lowImaginary[k] + y, lowImaginary[k] - y);
                }
            }
        }
    }

    /// <summary>The transform with the positive exponent, not divided by n.</summary>
    /// <inheritdoc cref="Forward"/>
    public void Backward(Span<double> real, Span<double> imaginary) => Forward(imaginary, real);
}
