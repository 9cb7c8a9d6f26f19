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
    /// <param name="words">The word of each row.</param>
    /// <param name="shift">The lowest bit of the byte that is the row's bin.</param>
    /// <param name="goesLeft">256 bytes: 1 for each bin whose rows stay.</param>
    public unsafe void Split(int leaf, int fresh, uint[] words, int shift, ReadOnlySpan<byte> goesLeft)
    {
        Span<int> inside = order.AsSpan(starts[leaf], counts[leaf]);
        int kept = 0, moved = 0;
        fixed (int* from = inside, left = inside, right = aside)
        fixed (uint* word = words)
        fixed (byte* stays = goesLeft)
        {
            for (int i = 0; i < inside.Length; i++)
            {
                int row = from[i], isLeft = stays[(byte)(word[row] >> shift)];
                left[kept] = row;
                right[moved] = row;
                kept += isLeft;
                moved += 1 - isLeft;
            }
        }

        aside.AsSpan(0, moved).CopyTo(inside[kept..]);
        counts[leaf] = kept;
        starts[fresh] = starts[leaf] + kept;
        counts[fresh] = moved;
    }
}
