using System.Runtime.CompilerServices;

namespace Credence.Boosting;

/// <summary>Finds the best split of a leaf along one column from the sums of its bins.</summary>
internal readonly struct SplitSearch(BoostedTreesOptions options, FixedPoint units)
{
    /// <summary>The minimum sum of second derivatives on each side.</summary>
    private const double LeastCurvature = 1e-3;

    /// <summary>Categories: what is added to a bin's second derivatives where bins are sorted and where a split is judged, so that rare
    /// values don't stand first by chance.</summary>
    private const double CategorySmoothing = 5, CategoryL2 = 5;

    /// <summary>The maximum number of a category's values that go left.</summary>
    private const int MostLeft = 32;

    /// <summary>The value of a leaf.</summary>
    public double Value(BinSums sums)
    {
        double curvature = units.Curvature(sums) + options.L2;
        return curvature > 0 ? -units.Gradient(sums) / curvature : 0;
    }

    /// <summary>Replaces <paramref name="best"/> where this column has a better split.</summary>
    public void Find(int column, ColumnBins bins, ReadOnlySpan<BinSums> sums, BinSums total, ref TreeSplit best)
    {
        if (bins.IsCategory)
            FindCategory(column, sums, total, ref best);
        else
            FindNumber(column, bins, sums, total, ref best);
    }

    [SkipLocalsInit]
    private void FindNumber(int column, ColumnBins bins, ReadOnlySpan<BinSums> sums, BinSums total, ref TreeSplit best)
    {
        int known = bins.HasMissing ? bins.Count - 1 : bins.Count;
        BinSums missing = bins.HasMissing ? sums[known] : default;
        bool isMissing = missing.Packed != 0;
        int rows = units.Rows(total);
        var cuts = new Cuts(stackalloc BinSums[Cuts.Most], stackalloc ushort[Cuts.Most]);
        BinSums left = default;
        int least = options.RowsPerLeaf;
        if (!isMissing)
            cuts.AddEach(sums[..(known - 1)], least * units.OneRow, (rows - least + 1) * units.OneRow);

        for (int bin = 0; isMissing && bin < known; bin++)
        {
            // A bin without rows cuts as the one before it does.
            bool isFilled = sums[bin].Packed != 0;
            left += sums[bin];
            int rowsLeft = units.Rows(left), withMissing = rowsLeft + units.Rows(missing);
            cuts.Add(left, bin, false, isFilled & rowsLeft >= least & rows - rowsLeft >= least);
            cuts.Add(left + missing, bin, true, isFilled & withMissing >= least & rows - withMissing >= least);
        }

        (double gain, int cut) = cuts.Best(units, total, options.L2, LeastCurvature, Score(total, options.L2), best.Gain);
        if (cut < 0)
            return;

        left = cuts.Left(cut);
        (int last, bool missingLeft) = cuts[cut];
        if (!isMissing)
            missingLeft = units.Rows(left) * 2L >= rows;

        best = new TreeSplit { Gain = gain, Column = column, Bin = last, MissingLeft = missingLeft, Left = left };
    }

    [SkipLocalsInit]
    private void FindCategory(int column, ReadOnlySpan<BinSums> sums, BinSums total, ref TreeSplit best)
    {
        // Bin 0, of values without a bin, always goes right.
        Span<byte> order = stackalloc byte[256];
        Span<double> keys = stackalloc double[256];
        int count = 0;
        for (int bin = 1; bin < sums.Length; bin++)
        {
            if (sums[bin].Packed == 0)
                continue;

            double key = units.Gradient(sums[bin]) / (units.Curvature(sums[bin]) + CategorySmoothing);
            int at = count++;
            for (; at > 0 && keys[at - 1] > key; at--)
                (keys[at], order[at]) = (keys[at - 1], order[at - 1]);

            (keys[at], order[at]) = (key, (byte)bin);
        }

        double l2 = options.L2 + CategoryL2, whole = Score(total, options.L2);
        for (int side = 0; side < 2; side++)
        {
            BinSums left = default;
            TreeSplit.BinSet inside = default;
            for (int i = 0; i < Math.Min(count, MostLeft); i++)
            {
                int bin = order[side == 0 ? i : count - 1 - i];
                left += sums[bin];
                inside[bin / 64] |= 1UL << (bin % 64);
                if (Try(column, 0, false, left, total, whole, l2, ref best))
                    best.Bins = inside;
            }
        }
    }

    private bool Try(int column, int bin, bool missingLeft, BinSums left, BinSums total, double whole, double l2, ref TreeSplit best)
    {
        BinSums right = total - left;
        if (units.Rows(left) < options.RowsPerLeaf || units.Rows(right) < options.RowsPerLeaf
            || units.Curvature(left) < LeastCurvature || units.Curvature(right) < LeastCurvature)
            return false;

        double gain = Score(left, l2) + Score(right, l2) - whole;
        if (!(gain > best.Gain))
            return false;

        best = new TreeSplit { Gain = gain, Column = column, Bin = bin, MissingLeft = missingLeft, Left = left };
        return true;
    }

    /// <summary>G² / (H + λ), twice what the leaf's value lowers the loss by.</summary>
    private double Score(BinSums sums, double l2)
    {
        double gradient = units.Gradient(sums), curvature = units.Curvature(sums) + l2;
        return curvature > 0 ? gradient * gradient / curvature : 0;
    }
}
