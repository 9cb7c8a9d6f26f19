using System.Runtime.CompilerServices;
using Credence.Numerics;

namespace Credence.Boosting;

/// <summary>Grows one tree at a time, the leaf with the greatest gain first. Its memory is used again for each tree.</summary>
internal sealed class TreeGrower
{
    /// <summary>The cells of a leaf below which one thread is faster than several.</summary>
    private const int FewCells = 30_000;

    private readonly BinnedRows data;
    private readonly BoostedTreesOptions options;
    private readonly FixedPoint units;
    private readonly SplitSearch search;
    private readonly int maxThreads;
    private readonly RowPartition inside, beside;
    private readonly LeafSums?[] histograms;
    private readonly TreeSplit[] best;
    private readonly TreeSplit[] found, foundOther;
    private readonly BinSums[] sums;
    private readonly int[] depths, nodes, slots;
    private readonly long[] pairs;
    private readonly byte[] goesLeft = new byte[256];
    private readonly Action<int> work;
    private int leaves, small, other;
    private bool isRoot;
    private bool[] allowed = [];

    /// <param name="data">The rows.</param>
    /// <param name="options">Leaves, depth, penalties.</param>
    /// <param name="units">The units of the pairs.</param>
    /// <param name="maxThreads">The maximum number of threads, by columns; 0 for one per core.</param>
    public TreeGrower(BinnedRows data, BoostedTreesOptions options, FixedPoint units, int maxThreads)
    {
        this.data = data;
        this.options = options;
        this.units = units;
        this.maxThreads = maxThreads;
        search = new SplitSearch(options, units);
        int most = Math.Min(options.Leaves, Math.Max(2, data.Rows));
        inside = new RowPartition(data.Rows, most);
        beside = new RowPartition(data.Rows, most);
        histograms = new LeafSums[most];
        best = new TreeSplit[most];
        sums = new BinSums[most];
        depths = new int[most];
        nodes = new int[most];
        slots = new int[most];
        found = new TreeSplit[data.Columns.Length];
        foundOther = new TreeSplit[data.Columns.Length];
        pairs = LargeArray.Uninitialized<long>(data.Rows);
        work = Search;
    }

    /// <summary>Grows a tree.</summary>
    /// <param name="rows">The rows that it is grown on, increasing.</param>
    /// <param name="others">Rows that only pass through it.</param>
    /// <param name="pairOf">The gradient and second derivative of each row, as <see cref="BinSums.Add"/> takes them.</param>
    /// <param name="columns">Whether each column may be split.</param>
    /// <param name="into">Receives the tree.</param>
    /// <param name="scores">One per row: its leaf's value is added.</param>
    public void Grow(
        ReadOnlySpan<int> rows, ReadOnlySpan<int> others, ReadOnlySpan<long> pairOf, bool[] columns, TreeWriter into,
        Span<double> scores)
    {
        allowed = columns;
        inside.Fill(rows);
        beside.Fill(others);
        leaves = 1;
        small = other = 0;
        isRoot = true;
        depths[0] = 0;
        slots[0] = 0;
        best[0] = default;
        nodes[0] = into.AddLeaf(rows.Length);
        sums[0] = Total(rows, pairOf);
        if (rows.Length >= 2L * options.RowsPerLeaf)
            FindBest(pairOf);

        isRoot = false;
        while (leaves < best.Length && Next() is >= 0 and int leaf)
            Split(leaf, pairOf, into);

        for (int leaf = 0; leaf < leaves; leaf++)
        {
            float value = (float)(search.Value(sums[leaf]) * options.LearningRate);
            into.SetValue(nodes[leaf], value);
            foreach (int row in inside[leaf])
                scores[row] += value;

            foreach (int row in beside[leaf])
                scores[row] += value;
        }

        into.End();
    }

    private BinSums Total(ReadOnlySpan<int> rows, ReadOnlySpan<long> pairOf)
    {
        long gradient = 0, packed = 0;
        foreach (int row in rows)
        {
            gradient += (int)pairOf[row];
            packed += units.OneRow + (pairOf[row] >> 32);
        }

        return new BinSums(gradient, packed);
    }

    private int Next()
    {
        int leaf = -1;
        double gain = 0;
        for (int i = 0; i < leaves; i++)
        {
            if (best[i].Gain > gain)
                (leaf, gain) = (i, best[i].Gain);
        }

        return leaf;
    }

    private void Split(int leaf, ReadOnlySpan<long> pairOf, TreeWriter into)
    {
        TreeSplit split = best[leaf];
        ColumnBins bins = data.Bins[split.Column];
        (int at, int place) = data.PlaceOf[split.Column];
        ColumnBundle bundle = data.Bundles[at];
        for (int bin = 0; bin < bundle.Count; bin++)
            goesLeft[bin] = (byte)(split.GoesLeft(bins, bundle.BinOf(place, bin)) ? 1 : 0);

        int fresh = leaves++, shift = 8 * (at % BinnedRows.BundlesPerWord);
        uint[] words = data.Words[at / BinnedRows.BundlesPerWord];
        inside.Split(leaf, fresh, words, shift, goesLeft);
        beside.Split(leaf, fresh, words, shift, goesLeft);
        sums[fresh] = sums[leaf] - split.Left;
        sums[leaf] = split.Left;
        depths[leaf]++;
        depths[fresh] = depths[leaf];
        (nodes[leaf], nodes[fresh]) = into.Split(nodes[leaf], split, inside[leaf].Length, inside[fresh].Length);
        best[leaf] = best[fresh] = default;
        if (leaves == best.Length || depths[leaf] >= options.Depth)
            return;

        (small, other) = inside[leaf].Length <= inside[fresh].Length ? (leaf, fresh) : (fresh, leaf);
        if (inside[other].Length < 2L * options.RowsPerLeaf)
            return;

        // The parent's sums are where the larger child's will be.
        int parent = slots[leaf];
        slots[other] = parent;
        slots[small] = fresh;
        FindBest(pairOf);
    }

    /// <summary>Sums the bins of the smaller leaf, takes them from its parent's for the larger, and finds the best split of both.</summary>
    private unsafe void FindBest(ReadOnlySpan<long> pairOf)
    {
        ReadOnlySpan<int> rows = inside[small];
        fixed (int* row = rows)
        fixed (long* from = pairOf, to = pairs)
        {
            for (int i = 0; i < rows.Length; i++)
                to[i] = from[row[i]];
        }

        histograms[slots[small]] ??= new LeafSums(data.Offsets[^1]);
        if (maxThreads == 1 || (long)rows.Length * data.Bundles.Length < FewCells)
        {
            for (int word = 0; word < data.Words.Length; word++)
                work(word);
        }
        else
        {
            Chunks.For(data.Words.Length, maxThreads, work);
        }

        best[small] = Best(found);
        if (!isRoot)
            best[other] = Best(foundOther);
    }

    /// <summary>Sums and searches the bundles of one word.</summary>
    [SkipLocalsInit]
    private void Search(int word)
    {
        int first = word * BinnedRows.BundlesPerWord, end = Math.Min(data.Bundles.Length, first + BinnedRows.BundlesPerWord);
        ReadOnlySpan<int> offsets = data.Offsets.AsSpan(first, end - first + 1), rows = inside[small];
        Span<BinSums> own = histograms[slots[small]]!.Slice(offsets[0], offsets[^1]), column = stackalloc BinSums[256];
        own.Clear();
        BinSums.Add(data.Words[word], rows, pairs.AsSpan(0, rows.Length), units.OneRow, own, offsets);
        Search(first, end, own, rows.Length, sums[small], found, column);
        if (isRoot)
            return;

        Span<BinSums> rest = histograms[slots[other]]!.Slice(offsets[0], offsets[^1]);
        BinSums.Subtract(rest, own);
        Search(first, end, rest, inside[other].Length, sums[other], foundOther, column);
    }

    private void Search(
        int first, int end, ReadOnlySpan<BinSums> own, int rows, BinSums total, TreeSplit[] into, Span<BinSums> scratch)
    {
        for (int b = first; b < end; b++)
        {
            ColumnBundle bundle = data.Bundles[b];
            int from = data.Offsets[b] - data.Offsets[first];
            for (int place = 0; place < bundle.Columns.Length; place++)
            {
                int column = bundle.Columns[place];
                into[column] = default;
                if (allowed[column] && rows >= 2L * options.RowsPerLeaf)
                    search.Find(
                        column, data.Bins[column], bundle.SumsOf(place, own.Slice(from, bundle.Count), total, scratch), total,
                        ref into[column]);
            }
        }
    }

    private static TreeSplit Best(TreeSplit[] columns)
    {
        TreeSplit chosen = default;
        foreach (ref readonly TreeSplit split in columns.AsSpan())
        {
            if (split.Gain > chosen.Gain)
                chosen = split;
        }

        return chosen;
    }
}
