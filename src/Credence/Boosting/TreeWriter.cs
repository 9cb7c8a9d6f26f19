namespace Credence.Boosting;

/// <summary>Collects the nodes of trees as they grow.</summary>
internal sealed class TreeWriter(BinnedRows data)
{
    private readonly List<int> starts = [0], column = [], words = [], left = [], right = [], rows = [];
    private readonly List<float> threshold = [], value = [];
    private readonly List<byte> missingLeft = [];
    private readonly List<long> bits = [];

    /// <summary>Adds a leaf to the tree that grows.</summary>
    /// <returns>Its number in the tree.</returns>
    public int AddLeaf(int rowsInside)
    {
        column.Add(-1);
        threshold.Add(0);
        missingLeft.Add(0);
        words.Add(-1);
        left.Add(0);
        right.Add(0);
        value.Add(0);
        rows.Add(rowsInside);
        return column.Count - 1 - starts[^1];
    }

    /// <summary>Makes a leaf a split of two new leaves.</summary>
    public (int Left, int Right) Split(int leaf, TreeSplit split, int rowsLeft, int rowsRight)
    {
        int at = starts[^1] + leaf;
        ColumnBins bins = data.Bins[split.Column];
        column[at] = split.Column;
        missingLeft[at] = (byte)(split.MissingLeft ? 1 : 0);
        if (bins.IsCategory)
        {
            words[at] = bits.Count;
            for (int w = 0; w < TreeCheck.WordsOf(data.Columns[split.Column]); w++)
                bits.Add(0);

            for (int v = 0; v < bins.BinOf.Length; v++)
            {
                if (split.GoesLeft(bins, bins.BinOf[v]))
                    bits[words[at] + (v / 64)] |= 1L << (v % 64);
            }
        }
        else
        {
            threshold[at] = split.Bin < bins.Upper.Length ? bins.Upper[split.Bin] : float.MaxValue;
        }

        int first = AddLeaf(rowsLeft), second = AddLeaf(rowsRight);
        left[at] = first;
        right[at] = second;
        return (first, second);
    }

    public void SetValue(int leaf, float given) => value[starts[^1] + leaf] = given;

    /// <summary>Ends the tree that grew.</summary>
    public void End() => starts.Add(column.Count);

    /// <summary>Adds the finished trees of another writer.</summary>
    public void Append(TreeNodes tree)
    {
        int word = bits.Count;
        for (int node = 0; node < tree.Column.Length; node++)
        {
            column.Add(tree.Column[node]);
            threshold.Add(tree.Threshold[node]);
            missingLeft.Add(tree.MissingLeft[node]);
            words.Add(tree.Words[node] < 0 ? -1 : tree.Words[node] + word);
            left.Add(tree.Left[node]);
            right.Add(tree.Right[node]);
            value.Add(tree.Value[node]);
            rows.Add(tree.Rows[node]);
        }

        bits.AddRange(tree.Bits);
        End();
    }

    public TreeNodes ToNodes() => new()
    {
        Starts = [.. starts],
        Column = [.. column],
        Threshold = [.. threshold],
        MissingLeft = [.. missingLeft],
        Words = [.. words],
        Left = [.. left],
        Right = [.. right],
        Value = [.. value],
        Rows = [.. rows],
        Bits = [.. bits],
    };
}
