using Credence.Features.Matrices;

namespace Credence.Boosting;

/// <summary>Trees laid out for prediction: four rows walk a tree at a time, each for as many steps as the tree is deep; a leaf leads to
/// itself.</summary>
internal sealed class TreeScorer
{
    private readonly Node[] nodes;
    private readonly int[] starts, depths, words;
    private readonly float[] leafValues;
    private readonly long[] bits;
    private readonly int outputs, columns;
    private readonly bool hasCategories;

    public TreeScorer(TreeNodes trees, SplitColumn[] columns, int outputs)
    {
        this.outputs = outputs;
        this.columns = columns.Length;
        starts = trees.Starts;
        bits = trees.Bits;
        words = trees.Words;
        leafValues = trees.Value;
        depths = [.. Enumerable.Range(0, trees.Trees).Select(trees.Depth)];
        nodes = new Node[trees.Column.Length];
        var thresholds = columns.Select(_ => new HashSet<float>()).ToArray();
        for (int tree = 0; tree < trees.Trees; tree++)
        {
            for (int at = starts[tree]; at < starts[tree + 1]; at++)
            {
                int column = trees.Column[at];
                if (column < 0)
                {
                    nodes[at] = new Node(0, 0, at, at);
                    continue;
                }

                int left = starts[tree] + trees.Left[at], right = starts[tree] + trees.Right[at];
                bool isSet = columns[column].IsCategory;
                hasCategories |= isSet;
                // Values come twice: missing ones as −∞ where they go left and as +∞ where they go right.
                int slot = isSet ? ~column : (2 * column) + (trees.MissingLeft[at] == 0 ? 1 : 0);
                nodes[at] = new Node(slot, trees.Threshold[at], left, right);
                if (!isSet)
                    thresholds[column].Add(trees.Threshold[at]);
            }
        }

        Bins = thresholds.Max(column => column.Count) + 1;
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
        var twice = new float[rows * columns * 2];
        for (int i = 0; i < values.Length; i++)
        {
            bool isMissing = float.IsNaN(values[i]);
            twice[2 * i] = isMissing ? float.NegativeInfinity : values[i];
            twice[(2 * i) + 1] = isMissing ? float.PositiveInfinity : values[i];
        }

        if (rows == 1 && !hasCategories)
        {
            One(twice, sums);
            return;
        }

        for (int tree = 0; tree < depths.Length; tree++)
        {
            int output = tree % outputs, row = 0;
            for (; row + 4 <= rows && !hasCategories; row += 4)
                Four(tree, twice.AsSpan(row * columns * 2), columns * 2, sums[((row * outputs) + output)..]);

            for (; row < rows; row++)
                sums[(row * outputs) + output] += leafValues[Leaf(starts[tree], twice.AsSpan(row * columns * 2, columns * 2))];
        }
    }

    private int Leaf(int at, ReadOnlySpan<float> values)
    {
        while (true)
        {
            Node node = nodes[at];
            if (node.Left == at)
                return at;

            at = (node.Slot >= 0 ? values[node.Slot] <= node.Threshold : Holds(words[at], values[2 * ~node.Slot])) ? node.Left : node.Right;
        }
    }

    private bool Holds(int word, float value) =>
        value >= 0 && ((bits[word + ((int)value / 64)] >> ((int)value % 64)) & 1) != 0;

    private unsafe void Four(int tree, ReadOnlySpan<float> values, int stride, Span<double> sums)
    {
        int a = starts[tree], b = a, c = a, d = a;
        fixed (Node* node = nodes)
        fixed (float* first = values)
        {
            float* second = first + stride, third = second + stride, fourth = third + stride;
            for (int step = depths[tree]; step > 0; step--)
            {
                a = node[a].Next(first);
                b = node[b].Next(second);
                c = node[c].Next(third);
                d = node[d].Next(fourth);
            }
        }

        sums[0] += leafValues[a];
        sums[outputs] += leafValues[b];
        sums[2 * outputs] += leafValues[c];
        sums[3 * outputs] += leafValues[d];
    }

    /// <summary>One row walks four trees at a time.</summary>
    private unsafe void One(ReadOnlySpan<float> values, Span<double> sums)
    {
        int tree = 0;
        fixed (Node* node = nodes)
        fixed (float* value = values)
        {
            for (; tree + 4 <= depths.Length; tree += 4)
            {
                int a = starts[tree], b = starts[tree + 1], c = starts[tree + 2], d = starts[tree + 3];
                int steps = Math.Max(Math.Max(depths[tree], depths[tree + 1]), Math.Max(depths[tree + 2], depths[tree + 3]));
                for (; steps > 0; steps--)
                {
                    a = node[a].Next(value);
                    b = node[b].Next(value);
                    c = node[c].Next(value);
                    d = node[d].Next(value);
                }

                sums[tree % outputs] += leafValues[a];
                sums[(tree + 1) % outputs] += leafValues[b];
                sums[(tree + 2) % outputs] += leafValues[c];
                sums[(tree + 3) % outputs] += leafValues[d];
            }
        }

        for (; tree < depths.Length; tree++)
            sums[tree % outputs] += leafValues[Leaf(starts[tree], values)];
    }

    private readonly record struct Node(int Slot, float Threshold, int Left, int Right)
    {
        public unsafe int Next(float* values) => values[Slot] <= Threshold ? Left : Right;
    }
}
