using Credence.Boosting;

namespace Credence.Tests.Support;

/// <summary>The tree that boosting should grow, in plain doubles: every split of every leaf is tried row by row.</summary>
internal sealed class PlainTree(BinnedRows data, BoostedTreesOptions options, double[] gradients)
{
    private const double CategorySmoothing = 5, CategoryL2 = 5, LeastCurvature = 1e-3;

    /// <summary>The value of the leaf that each row is in.</summary>
    public double[] Values()
    {
        var leaves = new List<(int[] Rows, int Depth)> { ([.. Enumerable.Range(0, data.Rows)], 0) };
        while (leaves.Count < options.Leaves)
        {
            int chosen = -1;
            (double Gain, int[] Left, int[] Right) best = (0, [], []);
            for (int leaf = 0; leaf < leaves.Count; leaf++)
            {
                if (leaves[leaf].Depth < options.Depth && Best(leaves[leaf].Rows) is var found && found.Gain > best.Gain)
                    (chosen, best) = (leaf, found);
            }

            if (chosen < 0)
                break;

            leaves.Add((best.Right, leaves[chosen].Depth + 1));
            leaves[chosen] = (best.Left, leaves[chosen].Depth + 1);
        }

        var values = new double[data.Rows];
        foreach ((int[] rows, _) in leaves)
        {
            double curvature = Curvature(rows) + options.L2;
            foreach (int row in rows)
                values[row] = curvature > 0 ? -Gradient(rows) / curvature : 0;
        }

        return values;
    }

    private (double Gain, int[] Left, int[] Right) Best(int[] rows)
    {
        (double Gain, int[] Left, int[] Right) best = (0, [], []);
        for (int column = 0; column < data.Columns.Length; column++)
        {
            int[] cells = [.. Enumerable.Range(0, data.Rows).Select(row => data.Bin(column, row))];
            bool isCategory = data.Bins[column].IsCategory;
            foreach (Func<int, bool> goesLeft in isCategory ? Sets(rows, cells) : Intervals(rows, column))
            {
                int[] left = [.. rows.Where(row => goesLeft(cells[row]))], right = [.. rows.Where(row => !goesLeft(cells[row]))];
                if (Math.Min(left.Length, right.Length) < options.RowsPerLeaf
                    || Math.Min(Curvature(left), Curvature(right)) < LeastCurvature)
                    continue;

                double l2 = options.L2 + (isCategory ? CategoryL2 : 0);
                double gain = Score(left, l2) + Score(right, l2) - Score(rows, options.L2);
                if (gain > best.Gain)
                    best = (gain, left, right);
            }
        }

        return best;
    }

    private IEnumerable<Func<int, bool>> Intervals(int[] rows, int column)
    {
        ColumnBins bins = data.Bins[column];
        int missing = bins.HasMissing ? bins.Count - 1 : -1;
        bool isMissing = rows.Any(row => data.Bin(column, row) == missing);
        for (int bin = 0; bin < bins.Count - 1; bin++)
        {
            int last = bin;
            if (!rows.Any(row => data.Bin(column, row) == last))
                continue;

            yield return cell => cell <= last && cell != missing;
            if (isMissing)
                yield return cell => cell <= last || cell == missing;
        }
    }

    private IEnumerable<Func<int, bool>> Sets(int[] rows, int[] cells)
    {
        int[] order = [.. rows.Select(row => cells[row]).Where(bin => bin > 0).Distinct().Order().OrderBy(bin =>
        {
            int[] own = [.. rows.Where(row => cells[row] == bin)];
            return Gradient(own) / (Curvature(own) + CategorySmoothing);
        })];
        foreach (int[] sorted in (int[][])[order, [.. order.Reverse()]])
        {
            for (int count = 1; count <= Math.Min(32, sorted.Length); count++)
            {
                HashSet<int> inside = [.. sorted.Take(count)];
                yield return inside.Contains;
            }
        }
    }

    private double Score(int[] rows, double l2) =>
        Curvature(rows) + l2 > 0 ? Gradient(rows) * Gradient(rows) / (Curvature(rows) + l2) : 0;

    private double Gradient(int[] rows) => rows.Sum(row => gradients[row]);

    private double Curvature(int[] rows) => rows.Sum(row => Math.Abs(gradients[row]));
}
