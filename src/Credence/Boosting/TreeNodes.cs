using Credence.Features.Matrices;
using Credence.Persistence;

namespace Credence.Boosting;

/// <summary>The nodes of trees, one tree after the other, the root first and each child after its parent. Children are counted from their
/// tree's root.</summary>
internal sealed class TreeNodes
{
    /// <summary>The first node of each tree, and the number of nodes.</summary>
    public required int[] Starts { get; init; }

    /// <summary>The column that a node splits; −1 at a leaf.</summary>
    public required int[] Column { get; init; }

    /// <summary>A number that is not above it goes left; 0 at leaves and where a category is split.</summary>
    public required float[] Threshold { get; init; }

    /// <summary>1 where a missing number goes left.</summary>
    public required byte[] MissingLeft { get; init; }

    /// <summary>Where a category is split, the first of the words whose bits are the values that go left; else −1.</summary>
    public required int[] Words { get; init; }

    public required int[] Left { get; init; }

    public required int[] Right { get; init; }

    /// <summary>The value of a leaf; 0 elsewhere.</summary>
    public required float[] Value { get; init; }

    /// <summary>The number of training rows that passed the node.</summary>
    public required int[] Rows { get; init; }

    public required long[] Bits { get; init; }

    public int Trees => Starts.Length - 1;

    /// <summary>The first trees alone, of trees whose bits stand in their order.</summary>
    public TreeNodes Take(int trees)
    {
        int nodes = Starts[trees];
        int bits = Words.AsSpan(nodes..).IndexOfAnyExcept(-1) is >= 0 and int next ? Words[nodes + next] : Bits.Length;
        return new TreeNodes
        {
            Starts = Starts[..(trees + 1)],
            Column = Column[..nodes],
            Threshold = Threshold[..nodes],
            MissingLeft = MissingLeft[..nodes],
            Words = Words[..nodes],
            Left = Left[..nodes],
            Right = Right[..nodes],
            Value = Value[..nodes],
            Rows = Rows[..nodes],
            Bits = Bits[..bits],
        };
    }

    /// <summary>Whether a value goes left at a node that splits its column.</summary>
    public bool GoesLeft(int at, SplitColumn column, float value) =>
        column.IsCategory ? value >= 0 && ((Bits[Words[at] + ((int)value / 64)] >> ((int)value % 64)) & 1) != 0
        : float.IsNaN(value) ? MissingLeft[at] != 0
        : value <= Threshold[at];

    public int Leaves(int tree)
    {
        int leaves = 0;
        for (int node = Starts[tree]; node < Starts[tree + 1]; node++)
            leaves += Column[node] < 0 ? 1 : 0;

        return leaves;
    }

    /// <summary>The number of splits on the longest way to a leaf.</summary>
    public int Depth(int tree)
    {
        int first = Starts[tree], deepest = 0;
        var depths = new int[Starts[tree + 1] - first];
        for (int node = 0; node < depths.Length; node++)
        {
            deepest = Math.Max(deepest, depths[node]);
            if (Column[first + node] >= 0)
                depths[Left[first + node]] = depths[Right[first + node]] = depths[node] + 1;
        }

        return deepest;
    }

    public void Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<int>(prefix + "starts", Starts);
        tensors.Add<int>(prefix + "column", Column);
        tensors.Add<float>(prefix + "threshold", Threshold);
        tensors.Add<byte>(prefix + "missing_left", MissingLeft);
        tensors.Add<int>(prefix + "words", Words);
        tensors.Add<int>(prefix + "left", Left);
        tensors.Add<int>(prefix + "right", Right);
        tensors.Add<float>(prefix + "value", Value);
        tensors.Add<int>(prefix + "rows", Rows);
        tensors.Add<long>(prefix + "bits", Bits);
    }

    /// <summary>Reads what <see cref="Save"/> wrote and checks every index.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing, or the nodes are not trees over these columns.</exception>
    public static TreeNodes Load(NamedTensors tensors, string prefix, int trees, SplitColumn[] columns)
    {
        int[] starts = tensors.Get<int>(prefix + "starts", (long)trees + 1);
        int[] column = tensors.Get<int>(prefix + "column");
        var nodes = new TreeNodes
        {
            Starts = starts,
            Column = column,
            Threshold = tensors.Get<float>(prefix + "threshold", column.Length),
            MissingLeft = tensors.Get<byte>(prefix + "missing_left", column.Length),
            Words = tensors.Get<int>(prefix + "words", column.Length),
            Left = tensors.Get<int>(prefix + "left", column.Length),
            Right = tensors.Get<int>(prefix + "right", column.Length),
            Value = tensors.Get<float>(prefix + "value", column.Length),
            Rows = tensors.Get<int>(prefix + "rows", column.Length),
            Bits = tensors.Get<long>(prefix + "bits"),
        };
        TreeCheck.Check(nodes, columns);
        return nodes;
    }
}
