namespace Credence.Conformal;

/// <summary>The rank of the calibration score that serves as quantile: k = ⌈(n+1)(1−α)⌉, in decimal arithmetic, so that an α
/// written as 0.1 is one tenth and rounding can't change the ceiling. It is never clamped to n: a k above n means that no finite
/// threshold gives the coverage.</summary>
public static class ConformalRank
{
    /// <summary>k = ⌈(n+1)(1−α)⌉; n + 1 where there are too few rows.</summary>
    /// <param name="rows">n, the number of calibration rows.</param>
    /// <param name="alpha">α, from 1e-9 to 1 − 1e-9.</param>
    /// <exception cref="ArgumentException"><paramref name="alpha"/> is outside its range.</exception>
    public static int Compute(int rows, double alpha)
    {
        CheckAlpha(alpha, nameof(alpha));
        return (int)decimal.Ceiling((rows + 1m) * (1m - (decimal)alpha));
    }

    /// <summary>The least n for which k ≤ n: ⌈1/α⌉ − 1, so 9 for α = 0.1 and 99 for α = 0.01.</summary>
    /// <exception cref="ArgumentException"><paramref name="alpha"/> is outside its range.</exception>
    public static int RowsNeeded(double alpha)
    {
        CheckAlpha(alpha, nameof(alpha));
        return (int)decimal.Ceiling(1m / (decimal)alpha) - 1;
    }

    internal static void CheckAlpha(double alpha, string name)
    {
        if (!(alpha >= 1e-9 && alpha <= 1 - 1e-9))
            throw new ArgumentException($"'{name}' is {alpha}; the share of rows a set may miss must be above 0 and below 1, such as 0.1.",
                name);
    }
}
