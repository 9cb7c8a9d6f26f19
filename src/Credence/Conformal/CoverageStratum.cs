using Credence.Numerics;

namespace Credence.Conformal;

/// <summary>The coverage of a part of the rows.</summary>
/// <param name="Index">The class, or the set's size, that names the part.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Covered">The number of those whose set contains the true class.</param>
public sealed record CoverageStratum(int Index, int Rows, int Covered)
{
    /// <summary>The coverage.</summary>
    public double Coverage => (double)Covered / Rows;

    /// <summary>A 95 % interval for it (Clopper–Pearson).</summary>
    public (double Low, double High) Interval =>
        (BinomialDistribution.LowerBound(Covered, Rows, 0.025), BinomialDistribution.UpperBound(Covered, Rows, 0.025));
}
