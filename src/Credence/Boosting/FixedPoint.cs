using System.Numerics;

namespace Credence.Boosting;

/// <summary>The units of gradients and second derivatives, chosen so that sums over all rows fit into 64 bits, second
/// derivatives beside the
/// number of rows.</summary>
internal readonly struct FixedPoint
{
    private const int GradientBits = 30;
    private readonly int shift, curvatureBits;
    private readonly double toUnits;

    /// <param name="rows">The number of rows.</param>
    /// <param name="largestWeight">The largest weight of a row, above 0.</param>
    public FixedPoint(int rows, double largestWeight)
    {
        int countBits = BitOperations.Log2((uint)rows) + 1;
        shift = 63 - countBits;
        curvatureBits = Math.Min(GradientBits, shift - countBits);
        toUnits = (1 << GradientBits) / largestWeight;
        GradientUnit = largestWeight / (1 << GradientBits);
        CurvatureUnit = largestWeight / (1L << curvatureBits);
    }

    public double GradientUnit { get; }

    public double CurvatureUnit { get; }

    /// <summary>What a row adds to <see cref="BinSums.Packed"/> beside its second derivative.</summary>
    public long OneRow => 1L << shift;

    /// <summary>A row's pair for <see cref="BinSums.Add"/>.</summary>
    /// <param name="gradient">w(p − y).</param>
    /// <param name="weight">w, above 0.</param>
    /// <param name="exact">Whether the second derivative is w·p(1 − p) and not w·|p − y|.</param>
    public long Pair(double gradient, double weight, bool exact)
    {
        int units = (int)Math.Round(gradient * toUnits);
        if (units == 0)
            return 0;

        double size = Math.Abs(units);
        if (exact)
            size *= 1 - (size / (weight * toUnits));

        int curvature = (int)size >> (GradientBits - curvatureBits);
        return BinSums.Pair(units, Math.Max(1, curvature));
    }

    public int Rows(BinSums sums) => (int)(sums.Packed >> shift);

    public double Gradient(BinSums sums) => sums.Gradient * GradientUnit;

    public double Curvature(BinSums sums) => (sums.Packed & (OneRow - 1)) * CurvatureUnit;
}
