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

    private void FindNumber(int column, ColumnBins bins, ReadOnlySpan<BinSums> sums, BinSums total, ref TreeSplit best)
    {
        int known = bins.HasMissing ? bins.Count - 1 : bins.Count;
        BinSums missing = bins.HasMissing ? sums[known] : default;
        bool isMissing = missing.Packed != 0;
        double whole = Score(total, options.L2);
        BinSums left = default;
        for (int bin = 0; bin < (isMissing ? known : known - 1); bin++)
        {
            if (sums[bin].Packed == 0)
                continue;

            left += sums[bin];
            Try(column, bin, isMissing ? false : units.Rows(left) * 2L >= units.Rows(total), left, total, whole, options.L2, ref best);
            if (isMissing)
                Try(column, bin, true, left + missing, total, whole, options.L2, ref best);
        }
    }

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
