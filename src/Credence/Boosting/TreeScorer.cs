using System.Runtime.CompilerServices;
using Credence.Features.Matrices;

namespace Credence.Boosting;

/// <summary>Trees laid out for prediction: eight rows walk a tree at a time, each for as many steps as the tree is deep; the right child
/// stands beside the left, and a leaf leads to itself, so that no step has a branch to guess wrong.</summary>
internal sealed unsafe class TreeScorer
{
    private const int Lanes = 8;

    private readonly Node[] nodes;
    private readonly int[] starts, depths;
    private readonly bool[] hasSets;
    private readonly float[] leafValues;
    private readonly ulong[] sets;
    private readonly int outputs, columns;
    private readonly List<(int Column, Reading Reading)> slots = [];

    public TreeScorer(TreeNodes trees, SplitColumn[] columns, int outputs)
    {
        this.outputs = outputs;
        this.columns = columns.Length;
        starts = trees.Starts;
        depths = [.. Enumerable.Range(0, trees.Trees).Select(trees.Depth)];
        hasSets = new bool[trees.Trees];
        nodes = new Node[trees.Column.Length];
        leafValues = new float[nodes.Length];
        var thresholds = columns.Select(_ => new HashSet<float>()).ToArray();
        var slotOf = new Dictionary<(int, Reading), int>();
        var words = new List<ulong>();
        for (int tree = 0; tree < trees.Trees; tree++)
            LayOut(trees, tree, columns, thresholds, slotOf, words);

        sets = [.. words];
        Bins = thresholds.Select(column => column.Count).DefaultIfEmpty().Max() + 1;
    }

    /// <summary>How a column's value is read: missing numbers as −∞ where they go left and as +∞ where they go right; categories
    /// counted from 1, with 0 for an unknown one.</summary>
    private enum Reading
    {
        MissingLow,
        MissingHigh,
        Category,
    }

    /// <summary>The number of bins that the trees tell apart in the number that has the most; 1 where they split only
    /// categories.</summary>
    public int Bins { get; }

    /// <summary>Adds the leaves of each row to its sums, tree by tree.</summary>
    /// <param name="values">[rows, columns], as <see cref="SplitInputs"/> reads them.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="sums">[rows, outputs].</param>
    public void Add(ReadOnlySpan<float> values, int rows, Span<double> sums)
    {
        // [block of 8 rows, slot, row of the block]; the last block's missing rows read as 0.
        int block = Math.Max(1, slots.Count) * Lanes, blocks = (rows + Lanes - 1) / Lanes;
        var laid = new float[blocks * block];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> from = values.Slice(row * columns, columns);
            Span<float> to = laid.AsSpan((row / Lanes * block) + (row % Lanes));
            for (int slot = 0; slot < slots.Count; slot++)
                to[slot * Lanes] = Read(from[slots[slot].Column], slots[slot].Reading);
        }

        fixed (Node* node = nodes)
        fixed (float* first = laid, leaf = leafValues)
        fixed (ulong* set = sets)
        {
            if (rows == 1)
            {
                One(node, first, set, leaf, sums);
                return;
            }

            for (int tree = 0; tree < depths.Length; tree++)
            {
                for (int b = 0; b < blocks; b++)
                {
                    Span<double> own = sums[((b * Lanes * outputs) + (tree % outputs))..];
                    Eight(node, tree, first + (b * block), set, leaf, own, rows - (b * Lanes));
                }
            }
        }
    }

    private static float Read(float value, Reading reading) =>
        reading == Reading.Category ? value + 1
        : !float.IsNaN(value) ? value
        : reading == Reading.MissingLow ? float.NegativeInfinity : float.PositiveInfinity;

    private void Eight(Node* node, int tree, float* values, ulong* set, float* leaf, Span<double> sums, int rows)
    {
        int a = starts[tree], b = a, c = a, d = a, e = a, f = a, g = a, h = a, step = depths[tree];
        for (; step > 0 && !hasSets[tree]; step--)
        {
            a = node[a].Next(values);
            b = node[b].Next(values + 1);
            c = node[c].Next(values + 2);
            d = node[d].Next(values + 3);
            e = node[e].Next(values + 4);
            f = node[f].Next(values + 5);
            g = node[g].Next(values + 6);
            h = node[h].Next(values + 7);
        }

        for (; step > 0; step--)
        {
            a = node[a].Next(values, set);
            b = node[b].Next(values + 1, set);
            c = node[c].Next(values + 2, set);
            d = node[d].Next(values + 3, set);
            e = node[e].Next(values + 4, set);
            f = node[f].Next(values + 5, set);
            g = node[g].Next(values + 6, set);
            h = node[h].Next(values + 7, set);
        }

        ReadOnlySpan<int> leaves = [a, b, c, d, e, f, g, h];
        for (int row = 0; row < Math.Min(rows, Lanes); row++)
            sums[row * outputs] += leaf[leaves[row]];
    }

    /// <summary>One row walks four trees at a time.</summary>
    private void One(Node* node, float* values, ulong* set, float* leaf, Span<double> sums)
    {
        for (int tree = 0; tree < depths.Length; tree += 4)
        {
            int last = depths.Length - 1;
            int second = Math.Min(tree + 1, last), third = Math.Min(tree + 2, last), fourth = Math.Min(tree + 3, last);
            int a = starts[tree], b = starts[second], c = starts[third], d = starts[fourth];
            int step = Math.Max(Math.Max(depths[tree], depths[second]), Math.Max(depths[third], depths[fourth]));
            bool isPlain = !(hasSets[tree] | hasSets[second] | hasSets[third] | hasSets[fourth]);
            for (; step > 0 && isPlain; step--)
                (a, b, c, d) = (node[a].Next(values), node[b].Next(values), node[c].Next(values), node[d].Next(values));

            for (; step > 0; step--)
            {
                (a, b, c, d) =
                    (node[a].Next(values, set), node[b].Next(values, set), node[c].Next(values, set), node[d].Next(values, set));
            }

            ReadOnlySpan<int> leaves = [a, b, c, d];
            for (int i = 0; tree + i <= Math.Min(last, tree + 3); i++)
                sums[(tree + i) % outputs] += leaf[leaves[i]];
        }
    }

    /// <summary>Numbers a tree's nodes anew, children side by side.</summary>
    private void LayOut(
        TreeNodes trees, int tree, SplitColumn[] split, HashSet<float>[] thresholds, Dictionary<(int, Reading), int> slotOf,
        List<ulong> words)
    {
        int first = starts[tree], made = first + 1;
        if (first == starts[tree + 1])
            return;

        var order = new int[starts[tree + 1] - first];
        order[0] = first;
        for (int to = first; to < made; to++)
        {
            int at = order[to - first], column = trees.Column[at];
            if (column < 0)
            {
                nodes[to] = new Node(0, float.PositiveInfinity, to, -1);
                leafValues[to] = trees.Value[at];
                continue;
            }

            bool isCategory = split[column].IsCategory;
            hasSets[tree] |= isCategory;
            Reading reading = isCategory ? Reading.Category : trees.MissingLeft[at] != 0 ? Reading.MissingLow : Reading.MissingHigh;
            if (!slotOf.TryGetValue((column, reading), out int slot))
            {
                slotOf.Add((column, reading), slot = slots.Count);
                slots.Add((column, reading));
            }

            nodes[to] = new Node(slot * Lanes, trees.Threshold[at], made, isCategory ? words.Count : -1);
            if (isCategory)
                AddSet(trees, at, split[column].Count, words);
            else
                thresholds[column].Add(trees.Threshold[at]);

            order[made - first] = first + trees.Left[at];
            order[made + 1 - first] = first + trees.Right[at];
            made += 2;
        }
    }

    /// <summary>The values that go right, counted from 1, as bits; bit 0, of unknown values, is one of them.</summary>
    private static void AddSet(TreeNodes trees, int at, int count, List<ulong> words)
    {
        var own = new ulong[(count / 64) + 1];
        own[0] = 1;
        for (int value = 0; value < count; value++)
        {
            if (((trees.Bits[trees.Words[at] + (value / 64)] >> (value % 64)) & 1) == 0)
                own[(value + 1) / 64] |= 1UL << ((value + 1) % 64);
        }

        words.AddRange(own);
    }

    private readonly record struct Node(int Slot, float Threshold, int Left, int Set)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Next(float* values) => Left + (values[Slot] > Threshold ? 1 : 0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Next(float* values, ulong* sets)
        {
            if (Set < 0)
                return Next(values);

            int value = (int)values[Slot];
            return Left + (int)((sets[Set + (value >> 6)] >> value) & 1);
        }
    }
}
