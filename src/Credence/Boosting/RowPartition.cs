namespace Credence.Boosting;

/// <summary>Rows grouped by the leaf they are in, within a leaf in increasing order.</summary>
internal sealed class RowPartition(int rows, int leaves)
{
    private readonly int[] order = new int[rows], aside = new int[rows], starts = new int[leaves], counts = new int[leaves];

    /// <summary>The rows of a leaf.</summary>
    public ReadOnlySpan<int> this[int leaf] => order.AsSpan(starts[leaf], counts[leaf]);

    /// <summary>Puts rows into leaf 0.</summary>
    public void Fill(ReadOnlySpan<int> all)
    {
        all.CopyTo(order);
        starts[0] = 0;
        counts[0] = all.Length;
    }

    /// <summary>Moves the rows of a leaf that go right into a new leaf.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="fresh">The new leaf.</param>
    /// <param name="cells">The bin of each row.</param>
    /// <param name="goesLeft">1 for each bin whose rows stay.</param>
    public void Split(int leaf, int fresh, byte[] cells, ReadOnlySpan<byte> goesLeft)
    {
        Span<int> inside = order.AsSpan(starts[leaf], counts[leaf]);
        int kept = 0, moved = 0;
        foreach (int row in inside)
        {
            int left = goesLeft[cells[row]];
            inside[kept] = row;
            aside[moved] = row;
            kept += left;
            moved += 1 - left;
        }

        aside.AsSpan(0, moved).CopyTo(inside[kept..]);
        counts[leaf] = kept;
        starts[fresh] = starts[leaf] + kept;
        counts[fresh] = moved;
    }
}
