using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>The smooth calibration error: the σ at which ∫₀¹ |r_σ(t)| dt = σ, where r_σ is the measure of gaps smoothed by a Gaussian of
/// standard deviation σ that is reflected at 0 and 1, so that mass is kept (J. Błasiok, P. Nakkiran, Smooth ECE, 2023).</summary>
/// <remarks>
/// The reflected Gaussian is the heat kernel of [0, 1], diagonal in cosines: with c_m = Σ_i gap_i cos(mπx_i), r_σ has the coefficients
/// c_m e^(−(mπσ)²/2). One Fourier transform gives r_σ and its antiderivative R on a grid, and ∫|r_σ| is the total variation of R, exact but
/// for the cells in which r_σ changes sign, which are split there. Smoothing further never raises the integral, so the fixed point is
/// unique and bracketed by |mean gap| and 1. The grid is refined until σ spans at least <see cref="CellsPerSigma"/> cells; rows are laid on
/// it by cubic weights, whose error is below 1e-8.
/// </remarks>
internal sealed class SmoothCalibrationError
{
    private const int CellsPerSigma = 32;
    private const int FinestGrid = 1 << 18, MostSteps = 60;

    // What is smoothed away by so much is nothing in double precision.
    private const double MostDecay = 60;

    private readonly int cells;
    private readonly FourierTransform transform;

    /// <summary>Prepares a grid.</summary>
    /// <param name="cells">A power of two.</param>
    public SmoothCalibrationError(int cells)
    {
        this.cells = cells;
        transform = new FourierTransform(2 * cells);
    }

    /// <summary>The points of the grid, both ends among them.</summary>
    public int Points => cells + 1;

    /// <summary>The metric to 1e-7, on a grid as fine as it needs.</summary>
    /// <param name="positions">Confidences.</param>
    /// <param name="gaps">What each adds to the gap.</param>
    public static double Compute(ReadOnlySpan<double> positions, ReadOnlySpan<double> gaps)
    {
        for (int cells = 1024; ; cells *= 4)
        {
            var error = new SmoothCalibrationError(cells);
            var masses = new double[error.Points];
            error.Lay(positions, gaps, masses);
            double sigma = error.Of(masses, 1e-9, 0.01);
            if (sigma * cells >= CellsPerSigma || sigma == 0 || cells >= FinestGrid)
                return sigma;
        }
    }

    /// <summary>Lays rows on the grid by cubic weights on the four points around each.</summary>
    public void Lay(ReadOnlySpan<double> positions, ReadOnlySpan<double> gaps, Span<double> masses)
    {
        masses.Clear();
        for (int i = 0; i < positions.Length; i++)
        {
            double place = positions[i] * cells;
            int cell = Math.Min((int)place, cells - 1);
            double t = place - cell;
            double mass = gaps[i];
            masses[cell == 0 ? 1 : cell - 1] -= mass * t * (t - 1) * (t - 2) / 6;
            masses[cell] += mass * (t + 1) * (t - 1) * (t - 2) / 2;
            masses[cell + 1] -= mass * (t + 1) * t * (t - 2) / 2;
            masses[cell + 2 > cells ? cells - 1 : cell + 2] += mass * (t + 1) * t * (t - 1) / 6;
        }
    }

    /// <summary>The fixed point for masses on the grid.</summary>
    /// <param name="masses">One mass per point.</param>
    /// <param name="tolerance">How near, absolutely.</param>
    /// <param name="guess">Where to look first.</param>
    public double Of(ReadOnlySpan<double> masses, double tolerance, double guess)
    {
        int length = 2 * cells;
        var real = new double[length];
        var imaginary = new double[length];
        var coefficients = new double[cells];
        var decays = new double[cells];
        Coefficients(masses, real, imaginary, coefficients);

        double low = Math.Abs(coefficients[0]), high = 1;
        double sigma = Math.Min(high, Math.Max(low, guess)), last = double.NaN, lastExcess = double.NaN;
        for (int step = 0; step < MostSteps; step++)
        {
            // The excess falls with σ at least as fast as σ rises, so it bounds how far the solution is, and on which side.
            double integral = Integral(coefficients, sigma, real, imaginary, decays), excess = integral - sigma;
            if (Math.Abs(excess) <= tolerance)
                return sigma;

            if (excess > 0)
                (low, high) = (sigma, Math.Min(high, integral));
            else
                (low, high) = (Math.Max(low, integral), sigma);

            double next = step == 0 ? Second(integral, sigma) : sigma - (excess / Math.Min(-1, (excess - lastExcess) / (sigma - last)));
            (last, lastExcess) = (sigma, excess);
            sigma = next >= low && next <= high && next != sigma ? next : (low + high) / 2;
        }

        return sigma;
    }

    /// <summary>Of gaps that are chance alone the integral falls with the root of σ: where the solution were, were that so.</summary>
    private static double Second(double integral, double sigma) =>
        integral > 0 ? Exp.Compute(Log.Compute(integral * integral * sigma) / 3) : 0;

    /// <summary>c_m of the masses: the real transform of their even extension.</summary>
    private void Coefficients(ReadOnlySpan<double> masses, double[] real, double[] imaginary, double[] coefficients)
    {
        Array.Clear(imaginary);
        real[0] = masses[0];
        real[cells] = masses[cells];
        for (int j = 1; j < cells; j++)
            real[j] = real[real.Length - j] = masses[j] / 2;

        transform.Forward(real, imaginary);
        real.AsSpan(0, cells).CopyTo(coefficients);
    }

    /// <summary>∫ |r_σ|.</summary>
    private double Integral(double[] coefficients, double sigma, double[] real, double[] imaginary, double[] decays)
    {
        Array.Clear(real);
        Array.Clear(imaginary);

        int count = 1;
        for (; count < cells; count++)
        {
            double rate = count * Math.PI * sigma;
            double decay = rate * (rate / 2);
            if (decay > MostDecay)
                break;

            decays[count] = -decay;
        }

        // Real parts carry the cosines of r, imaginary parts the sines of R, in one transform.
        Exp.Apply(decays.AsSpan(1, count - 1), decays.AsSpan(1, count - 1));
        for (int m = 1; m < count; m++)
        {
            double coefficient = coefficients[m] * decays[m], share = 1 / (m * Math.PI);
            real[m] = coefficient * (1 + share);
            real[real.Length - m] = coefficient * (1 - share);
        }

        transform.Backward(real, imaginary);
        double mean = coefficients[0];
        double width = 1.0 / cells;
        double sum = 0;
        for (int j = 0; j < cells; j++)
        {
            double left = real[j] + mean, right = real[j + 1] + mean;
            double step = imaginary[j + 1] - imaginary[j] + (mean * width);
            if (left * right < 0)
            {
                double first = width * left * (left / (left - right)) / 2;
                sum += Math.Abs(first) + Math.Abs(step - first);
            }
            else
            {
                sum += Math.Abs(step);
            }
        }

        return sum;
    }
}
