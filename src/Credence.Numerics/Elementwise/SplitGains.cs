using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Credence.Numerics;

/// <summary>The gains of ways to part rows in two, G²/(H + λ) of both sides less that of the whole, four at a time; T. Chen, C. Guestrin,
/// XGBoost, 2016.</summary>
/// <param name="GradientUnit">The unit of gradients.</param>
/// <param name="CurvatureUnit">The unit of second derivatives.</param>
/// <param name="CurvatureMask">The bits of a pair's second number that are the second derivative.</param>
/// <param name="L2">λ.</param>
/// <param name="LeastCurvature">The least H on each side, above 0.</param>
internal readonly record struct SplitGains(
    double GradientUnit, double CurvatureUnit, long CurvatureMask, double L2, double LeastCurvature)
{
    /// <summary>The first split of the greatest gain; −1 where none is above <paramref name="least"/>.</summary>
    /// <param name="lefts">[splits, 2]: ΣG and ΣH of the left sides in their units. A side of zeros is no split.</param>
    /// <param name="totalGradient">ΣG of all rows, in its unit.</param>
    /// <param name="totalCurvature">ΣH of all rows, in its unit.</param>
    /// <param name="whole">G²/(H + λ) of all rows.</param>
    /// <param name="least">The gain that a split must exceed.</param>
    /// <remarks>Sums below 2⁵³, of eight million rows and 30 bits, have exact differences.</remarks>
    public (double Gain, int Split) Best(ReadOnlySpan<long> lefts, long totalGradient, long totalCurvature, double whole, double least)
    {
        if (lefts.Length % 8 != 0)
            throw new ArgumentException($"'{nameof(lefts)}' has length {lefts.Length}, needs a multiple of 8.", nameof(lefts));

        int best = -1;
        Vector256<double> penalty = Vector256.Create(L2), bound = Vector256.Create(LeastCurvature), all = Vector256.Create(whole),
            gradientUnit = Vector256.Create(GradientUnit), curvatureUnit = Vector256.Create(CurvatureUnit),
            gradients = Vector256.Create((double)totalGradient), curvatures = Vector256.Create((double)totalCurvature);
        Vector256<long> mask = Vector256.Create(CurvatureMask);
        ref long first = ref MemoryMarshal.GetReference(lefts);
        for (int i = 0; i < lefts.Length; i += 8)
        {
            Vector256<long> near = Vector256.LoadUnsafe(ref first, (nuint)i), far = Vector256.LoadUnsafe(ref first, (nuint)(i + 4));
            Vector256<double> gradient = Vector256.ConvertToDouble(Even(near, far)),
                curvature = Vector256.ConvertToDouble(Odd(near, far) & mask);
            Vector256<double> leftGradient = gradient * gradientUnit, rightGradient = (gradients - gradient) * gradientUnit,
                leftCurvature = curvature * curvatureUnit, rightCurvature = (curvatures - curvature) * curvatureUnit;
            Vector256<double> gain = (leftGradient * leftGradient / (leftCurvature + penalty))
                + (rightGradient * rightGradient / (rightCurvature + penalty)) - all;
            Vector256<double> isBetter = Vector256.GreaterThan(gain, Vector256.Create(least))
                & Vector256.GreaterThanOrEqual(leftCurvature, bound) & Vector256.GreaterThanOrEqual(rightCurvature, bound);
            for (uint lanes = isBetter.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);
                if (gain[lane] > least)
                    (least, best) = (gain[lane], (i / 2) + lane);
            }
        }

        return (least, best);
    }

    private static Vector256<long> Even(Vector256<long> near, Vector256<long> far) =>
        Avx2.IsSupported ? Avx2.Permute4x64(Avx2.UnpackLow(near, far), 0b11_01_10_00)
        : Vector256.Create(near[0], near[2], far[0], far[2]);

    private static Vector256<long> Odd(Vector256<long> near, Vector256<long> far) =>
        Avx2.IsSupported ? Avx2.Permute4x64(Avx2.UnpackHigh(near, far), 0b11_01_10_00)
        : Vector256.Create(near[1], near[3], far[1], far[3]);
}
