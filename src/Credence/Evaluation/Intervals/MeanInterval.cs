using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation.Intervals;

/// <summary>The 95 % interval of a mean over rows, or of what rows move as a mean: Student's statistic, its skewness taken out by a cubic
/// (P. Hall, On the Removal of Skewness by Transformation, 1992), so that both ends have equal error rates even where a few rows dominate,
/// as in a log loss.</summary>
internal static class MeanInterval
{
    // A skewness below this bends the ends by less than they are printed.
    private const double Straight = 1e-6;

    /// <summary>The interval: the metric less t·error at both ends, where (1 + b·t/3)³ = 1 + b·(z − b/6), b the skewness of the mean, z =
    /// ±1.96.</summary>
    /// <param name="value">The metric.</param>
    /// <param name="parts">How far each row moves it, times the row's weight; they sum to about 0.</param>
    /// <param name="least">The least the metric can be.</param>
    /// <param name="most">The most it can be.</param>
    public static Interval Compute(double value, ReadOnlySpan<double> parts, double least, double most)
    {
        // Of a row that is infinitely wrong the population's mean is infinite, whatever the other rows are.
        if (double.IsPositiveInfinity(value))
            return new Interval(value, value);

        if (parts.Length < 2 || double.IsNaN(value))
            return Interval.None;

        (double error, double skewness) = Moments(parts);
        return new Interval(
            Math.Clamp(value - (error * Bent(Interval.Normal, skewness)), least, value),
            Math.Clamp(value - (error * Bent(-Interval.Normal, skewness)), value, most));
    }

    /// <summary>The standard error of a mean from its parts.</summary>
    public static double Error(ReadOnlySpan<double> parts) => Moments(parts).Error;

    private static (double Error, double Skewness) Moments(ReadOnlySpan<double> parts)
    {
        double n = parts.Length, squares = 0, cubes = 0;
        foreach (double part in parts)
        {
            squares += part * part;
            cubes += part * part * part;
        }

        return (Math.Sqrt(squares / (n - 1) / n), squares > 0 ? cubes / (squares * Math.Sqrt(squares)) : 0);
    }

    private static double Bent(double z, double b)
    {
        if (Math.Abs(b) < Straight)
            return z;

        double cube = 1 + (b * (z - (b / 6))), root = cube == 0 ? 0 : Math.CopySign(Exp.Compute(Log.Compute(Math.Abs(cube)) / 3), cube);
        return 3 / b * (root - 1);
    }
}
