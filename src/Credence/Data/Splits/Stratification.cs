using Credence.Numerics;

namespace Credence.Data.Splits;

/// <summary>Assigns rows to parts so that each part has its share of every class and units stay whole.</summary>
internal static class Stratification
{
    /// <summary>The part of each row.</summary>
    /// <remarks>
    /// Units are taken from large to small, in random order among equals, and each goes to the part where its classes are furthest
    /// below their share: the least Σ over its rows of (rows of that class there + half its own) / share, which for single rows is
    /// the apportionment of Sainte-Laguë (1910). Ties go to the part with the fewest rows for its share, then to a random one.
    /// </remarks>
    /// <param name="classes">The class of each row; −1 for unknown, which is a class of its own.</param>
    /// <param name="classCount">The number of classes.</param>
    /// <param name="units">The unit of each row.</param>
    /// <param name="shares">The share of each part, summing to 1, each above 0.</param>
    /// <param name="seed">Decides the random order.</param>
    public static int[] Assign(ReadOnlySpan<int> classes, int classCount, RowUnits units, ReadOnlySpan<double> shares, ulong seed)
    {
        (int[] starts, int[] rows) = RowsByUnit(units);
        var rng = new Rng(seed);
        int[] order = rng.Permutation(units.Count);
        int[] size = [.. order.Select(unit => starts[unit] - starts[unit + 1])];
        Sort(size, order);

        var have = new int[shares.Length, classCount + 1];
        var total = new int[shares.Length];
        int[] parts = rng.Permutation(shares.Length);
        var partOf = new int[classes.Length];
        var own = new int[classCount + 1];
        foreach (int unit in order)
        {
            ReadOnlySpan<int> members = rows.AsSpan(starts[unit], starts[unit + 1] - starts[unit]);
            foreach (int row in members)
                own[classes[row] + 1]++;

            int best = -1;
            double least = double.PositiveInfinity, leastFill = double.PositiveInfinity;
            foreach (int part in parts)
            {
                double cost = 0;
                foreach (int row in members)
                    cost += (have[part, classes[row] + 1] + own[classes[row] + 1] / 2.0) / shares[part];

                double fill = total[part] / shares[part];
                if (cost < least || (cost == least && fill < leastFill))
                    (best, least, leastFill) = (part, cost, fill);
            }

            foreach (int row in members)
            {
                partOf[row] = best;
                have[best, classes[row] + 1]++;
                own[classes[row] + 1] = 0;
            }

            total[best] += members.Length;
        }

        return partOf;
    }

    /// <summary>A stable sort by increasing key.</summary>
    private static void Sort(int[] keys, int[] order)
    {
        long[] stable = [.. keys.Select((key, i) => ((long)key << 32) + i)];
        Array.Sort(stable, order);
    }

    private static (int[] Starts, int[] Rows) RowsByUnit(RowUnits units)
    {
        var starts = new int[units.Count + 1];
        foreach (int unit in units.Units)
            starts[unit + 1]++;

        for (int unit = 0; unit < units.Count; unit++)
            starts[unit + 1] += starts[unit];

        var rows = new int[units.Units.Length];
        int[] next = [.. starts];
        for (int row = 0; row < rows.Length; row++)
            rows[next[units.Units[row]]++] = row;

        return (starts, rows);
    }
}
