using System.Runtime.CompilerServices;

namespace Credence.Boosting;

/// <summary>The best split of a leaf's rows.</summary>
internal struct TreeSplit
{
    /// <summary>How much Σ G²/(H + λ) over both sides exceeds the leaf's; 0 where no split is better.</summary>
    public double Gain;

    public int Column;

    /// <summary>The last bin of a number that goes left.</summary>
    public int Bin;

    public bool MissingLeft;

    /// <summary>The sums of the rows that go left.</summary>
    public BinSums Left;

    /// <summary>The bins of a category that go left, as bits.</summary>
    public BinSet Bins;

    /// <summary>Whether rows in a bin go left.</summary>
    public readonly bool GoesLeft(ColumnBins bins, int bin) =>
        bins.IsCategory ? ((Bins[bin / 64] >> (bin % 64)) & 1) != 0
        : bins.HasMissing && bin == bins.Count - 1 ? MissingLeft
        : bin <= Bin;

    /// <summary>256 bits.</summary>
    [InlineArray(4)]
    internal struct BinSet
    {
        private ulong first;
    }
}
