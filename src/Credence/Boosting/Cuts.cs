using System.Runtime.InteropServices;
using Credence.Numerics;

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
    public readonly (double Gain, int Cut) Best(
        FixedPoint units, BinSums total, double l2, double leastCurvature, double whole, double least)
    {
        int rounded = (count + 3) & ~3;
        lefts[count..rounded].Clear();
        long mask = units.OneRow - 1;
        return new SplitGains(units.GradientUnit, units.CurvatureUnit, mask, l2, leastCurvature).Best(
            MemoryMarshal.Cast<BinSums, long>(lefts[..rounded]), total.Gradient, total.Packed & mask, whole, least);
    }
}
