using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Credence.Boosting;

/// <summary>The ways to cut a number in two, collected to be judged four at a time.</summary>
/// <param name="lefts">Memory for <see cref="Most"/> sums.</param>
/// <param name="places">Memory for as many places.</param>
internal ref struct Cuts(Span<BinSums> lefts, Span<ushort> places)
{
    /// <summary>Two for each of 256 bins: with missing cells on either side; and room for what is written and not kept.</summary>
    public const int Most = 516;

    private readonly Span<BinSums> lefts = lefts;
    private readonly Span<ushort> places = places;
    private int count;

    /// <summary>The sums on the left of a cut.</summary>
    public readonly BinSums Left(int cut) => lefts[cut];

    /// <summary>The last bin that goes left, and whether missing cells do.</summary>
    public readonly (int Bin, bool MissingLeft) this[int cut] => (places[cut] >> 1, (places[cut] & 1) != 0);

    /// <summary>Adds a cut, where it is to be kept.</summary>
    public void Add(BinSums left, int bin, bool missingLeft, bool isKept)
    {
        lefts[count] = left;
        places[count] = (ushort)((bin << 1) | (missingLeft ? 1 : 0));
        count += isKept ? 1 : 0;
    }

    /// <summary>Adds a cut after each bin that has rows, where enough rows are on either side. Most cuts are kept, and which ones can't be
    /// foreseen: the loop has no branch to guess wrong.</summary>
    /// <param name="sums">The sums of the bins.</param>
    /// <param name="least">The least <see cref="BinSums.Packed"/> of a left side with enough rows.</param>
    /// <param name="end">The least with too many.</param>
    public unsafe void AddEach(ReadOnlySpan<BinSums> sums, long least, long end)
    {
        ulong range = (ulong)Math.Max(0, end - least);
        long gradient = 0, packed = 0;
        nint at = count;
        fixed (BinSums* bins = sums, first = lefts)
        fixed (ushort* place = places)
        {
            for (nint bin = 0; bin < sums.Length; bin++)
            {
                long inside = bins[bin].Packed;
                gradient += bins[bin].Gradient;
                packed += inside;
                long* to = (long*)(first + at);
                to[0] = gradient;
                to[1] = packed;
                place[at] = (ushort)(bin << 1);
                at += inside != 0 & (ulong)(packed - least) < range ? 1 : 0;
            }
        }

        count = (int)at;
    }

    /// <summary>The first cut of the greatest gain, ΣG²/(H + λ) of both sides less that of the whole; −1 where none is above
    /// <paramref name="least"/>.</summary>
    /// <remarks>The sums are below 2⁵³ for up to eight million rows, so that their differences are exact.</remarks>
    public readonly (double Gain, int Cut) Best(
        FixedPoint units, BinSums total, double l2, double leastCurvature, double whole, double least)
    {
        int best = -1;
        for (int i = count; i < ((count + 3) & ~3); i++)
            lefts[i] = default;

        Vector256<double> penalty = Vector256.Create(l2), bound = Vector256.Create(leastCurvature), all = Vector256.Create(whole),
            gradientUnit = Vector256.Create(units.GradientUnit), curvatureUnit = Vector256.Create(units.CurvatureUnit),
            totalGradient = Vector256.Create((double)total.Gradient),
            totalCurvature = Vector256.Create((double)(total.Packed & (units.OneRow - 1)));
        Vector256<long> mask = Vector256.Create(units.OneRow - 1);
        ref long first = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<BinSums, long>(lefts));
        for (int i = 0; i < count; i += 4)
        {
            Vector256<long> near = Vector256.LoadUnsafe(ref first, (nuint)(2 * i)),
                far = Vector256.LoadUnsafe(ref first, (nuint)((2 * i) + 4));
            Vector256<double> gradient = Vector256.ConvertToDouble(Even(near, far)),
                curvature = Vector256.ConvertToDouble(Odd(near, far) & mask);
            Vector256<double> leftGradient = gradient * gradientUnit, rightGradient = (totalGradient - gradient) * gradientUnit,
                leftCurvature = curvature * curvatureUnit, rightCurvature = (totalCurvature - curvature) * curvatureUnit;
            Vector256<double> gain = (leftGradient * leftGradient / (leftCurvature + penalty))
                + (rightGradient * rightGradient / (rightCurvature + penalty)) - all;
            Vector256<double> isBetter = Vector256.GreaterThan(gain, Vector256.Create(least))
                & Vector256.GreaterThanOrEqual(leftCurvature, bound) & Vector256.GreaterThanOrEqual(rightCurvature, bound);
            for (uint lanes = isBetter.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);
                if (gain[lane] > least)
                    (least, best) = (gain[lane], i + lane);
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
