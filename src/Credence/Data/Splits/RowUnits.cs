namespace Credence.Data.Splits;

/// <summary>Which rows must stay together in a split: those equal in all feature columns, unless they are a population's, and those of
/// one group.</summary>
public sealed class RowUnits
{
    private readonly int[] unitOf;

    private RowUnits(int[] unitOf, int count, int duplicates)
    {
        this.unitOf = unitOf;
        Count = count;
        Duplicates = duplicates;
    }

    /// <summary>The number of units.</summary>
    public int Count { get; }

    /// <summary>The rows that repeat an earlier row in all feature columns.</summary>
    public int Duplicates { get; }

    /// <summary>The unit of each row, numbered in order of first appearance.</summary>
    public ReadOnlySpan<int> Units => unitOf;

    /// <summary>The units of a data set.</summary>
    public static RowUnits Compute(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Compute(RowHash.Compute(data.Features), data.Groups, data.Repeats);
    }

    /// <summary>The units of rows given by their hashes and, optionally, groups.</summary>
    /// <param name="hashes">One hash per row, equal for equal rows: see <see cref="RowHash"/>.</param>
    /// <param name="groups">One group per row, or null where there are none.</param>
    /// <param name="repeats">What equal rows are; they stay together unless they are a population's.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static RowUnits Compute(ulong[] hashes, int[]? groups = null, RepeatedRows repeats = RepeatedRows.Copies)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        if (groups is not null && groups.Length != hashes.Length)
            throw new ArgumentException($"'{nameof(groups)}' has length {groups.Length}, needs {hashes.Length}.", nameof(groups));

        int[] parent = [.. Enumerable.Range(0, hashes.Length)];
        var firstWithHash = new Dictionary<ulong, int>(hashes.Length);
        var firstOfGroup = new Dictionary<int, int>();
        int duplicates = 0;
        for (int row = 0; row < hashes.Length; row++)
        {
            if (!firstWithHash.TryAdd(hashes[row], row))
            {
                duplicates++;
                if (repeats != RepeatedRows.Population)
                    Join(parent, firstWithHash[hashes[row]], row);
            }

            if (groups is not null && !firstOfGroup.TryAdd(groups[row], row))
                Join(parent, firstOfGroup[groups[row]], row);
        }

        var unitOf = new int[hashes.Length];
        int count = 0;
        for (int row = 0; row < unitOf.Length; row++)
        {
            int root = Root(parent, row);
            unitOf[row] = root == row ? count++ : unitOf[root];
        }

        return new RowUnits(unitOf, count, duplicates);
    }

    /// <summary>Joins two units; the earlier row is the root, so a root comes before its members.</summary>
    private static void Join(int[] parent, int a, int b)
    {
        a = Root(parent, a);
        b = Root(parent, b);
        parent[Math.Max(a, b)] = Math.Min(a, b);
    }

    private static int Root(int[] parent, int row)
    {
        while (parent[row] != row)
            row = parent[row] = parent[parent[row]];

        return row;
    }
}
