using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>H(x) = Σ_{j ≤ x} 1/j for whole x, and its continuation ψ(x + 1) + γ between (Abramowitz and Stegun 6.3), to about
/// 1e-14.</summary>
internal static class HarmonicNumber
{
    private const double Euler = 0.57721566490153286;
    private const double Asymptotic = 16;

    /// <summary>H(0) … H(n).</summary>
    public static double[] Table(int n)
    {
        var table = new double[n + 1];
        for (int j = 1; j <= n; j++)
            table[j] = j < Asymptotic ? table[j - 1] + (1.0 / j) : Compute(j);
        return table;
    }

    /// <summary>H(x) for x ≥ 0, from the table where x is whole.</summary>
    public static double Compute(double x, double[] table)
    {
        int whole = (int)x;
        return whole == x && whole < table.Length ? table[whole] : Compute(x);
    }

    /// <summary>H(x) for x ≥ 0.</summary>
    public static double Compute(double x)
    {
        double below = 0;
        while (x < Asymptotic)
        {
            x++;
            below += 1 / x;
        }

        double m = x + 0.5;
        double s = 1 / (m * m);
        double series = s * ((1.0 / 24) - (s * ((7.0 / 960) - (s * ((31.0 / 8064) - (s * (127.0 / 30720)))))));
        return Euler + Log.Compute(m) + series - below;
    }
}
