using Credence.Numerics;

namespace Credence.Conformal;

/// <summary>The distribution of the coverage given n calibration rows. It is random, because the rows are:
/// Beta(k, n+1−k) for scores without ties, and never less with them (Vovk 2012).</summary>
/// <param name="Rows">n, the calibration rows.</param>
/// <param name="Rank">k, the rank of the quantile among them.</param>
public sealed record CoverageLaw(int Rows, int Rank)
{
    /// <summary>The mean coverage, k/(n+1), at least 1−α.</summary>
    public double Mean => Rank / (Rows + 1.0);

    /// <summary>The standard deviation of the coverage over all future rows.</summary>
    public double StandardDeviation => Math.Sqrt(Mean * (1 - Mean) / (Rows + 2.0));

    /// <summary>The standard deviation of the coverage measured on some test rows, whose own sampling adds to it (beta-binomial).</summary>
    /// <param name="testRows">The number of test rows.</param>
    public double StandardDeviationOn(int testRows) =>
        Math.Sqrt(Mean * (1 - Mean) * (Rows + 1.0 + testRows) / ((Rows + 2.0) * testRows));

    /// <summary>The coverage below which the share <paramref name="probability"/> of all draws of n calibration rows falls; 1 where there
    /// are too few rows and every class is in every set.</summary>
    public double Quantile(double probability) => Rank > Rows ? 1 : BetaDistribution.Quantile(probability, Rank, Rows + 1 - Rank);

    /// <summary>The 5 % and 95 % points: in 90 % of calibrations the coverage lies between them.</summary>
    public (double Low, double High) Range => (Quantile(0.05), Quantile(0.95));
}
