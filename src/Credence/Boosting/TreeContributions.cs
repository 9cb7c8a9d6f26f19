using Credence.Features.Matrices;

namespace Credence.Boosting;

/// <summary>Shapley values of the columns of one row, where unknown columns are averaged over the training rows that took each way
/// (S. Lundberg, G. Erion, S. Lee, Consistent Individualized Feature Attribution for Tree Ensembles, 2018, algorithm 2).</summary>
internal sealed class TreeContributions
{
    private readonly TreeNodes nodes;
    private readonly SplitColumn[] columns;
    private readonly float[] values;
    private readonly double[] sums;
    private readonly double sign;
    private int root;

    private TreeContributions(TreeNodes nodes, SplitColumn[] columns, float[] values, double sign, double[] sums)
    {
        this.nodes = nodes;
        this.columns = columns;
        this.values = values;
        this.sign = sign;
        this.sums = sums;
    }

    /// <summary>Adds the contributions of every <paramref name="stride"/>th tree from <paramref name="first"/>, times
    /// <paramref name="sign"/>.</summary>
    /// <returns>The trees' mean over the training rows: what no column contributes.</returns>
    public static double Add(
        TreeNodes nodes, SplitColumn[] columns, int stride, int first, float[] values, double sign, double[] sums)
    {
        var one = new TreeContributions(nodes, columns, values, sign, sums);
        double expected = 0;
        for (int tree = first; tree < nodes.Trees; tree += stride)
        {
            one.root = nodes.Starts[tree];
            expected += one.Mean(0);
            one.Visit(0, [], 0, 1, 1, -1);
        }

        return expected;
    }

    private double Mean(int node)
    {
        int at = root + node;
        if (nodes.Column[at] < 0)
            return nodes.Value[at];

        double left = Share(node, nodes.Left[at]);
        return (left * Mean(nodes.Left[at])) + ((1 - left) * Mean(nodes.Right[at]));
    }

    /// <summary>The share of a node's training rows that went to its left or right child.</summary>
    private double Share(int node, int child)
    {
        int at = root + node;
        double left = nodes.Rows[root + nodes.Left[at]], right = nodes.Rows[root + nodes.Right[at]];
        double share = left + right == 0 ? 0.5 : left / (left + right);
        return child == nodes.Left[at] ? share : 1 - share;
    }

    private void Visit(int node, ReadOnlySpan<Step> way, int depth, double zero, double one, int column)
    {
        // The rows of a branch that nobody took weigh nothing.
        if (zero == 0 && one == 0)
            return;

        var path = new Step[depth + 1];
        way[..depth].CopyTo(path);
        Extend(path, depth, zero, one, column);
        int at = root + node;
        if (nodes.Column[at] < 0)
        {
            for (int i = 1; i <= depth; i++)
                sums[path[i].Column] += sign * nodes.Value[at] * WithoutStep(path, depth, i) * (path[i].One - path[i].Zero);

            return;
        }

        int split = nodes.Column[at];
        bool isLeft = nodes.GoesLeft(at, columns[split], values[split]);
        (int hot, int cold) = isLeft ? (nodes.Left[at], nodes.Right[at]) : (nodes.Right[at], nodes.Left[at]);
        double zeroBefore = 1, oneBefore = 1;
        for (int i = 1; i <= depth; i++)
        {
            if (path[i].Column != split)
                continue;

            (zeroBefore, oneBefore) = (path[i].Zero, path[i].One);
            Remove(path, depth--, i);
            break;
        }

        Visit(hot, path, depth + 1, zeroBefore * Share(node, hot), oneBefore, split);
        Visit(cold, path, depth + 1, zeroBefore * Share(node, cold), 0, split);
    }

    private static void Extend(Step[] path, int depth, double zero, double one, int column)
    {
        path[depth] = new Step(column, zero, one, depth == 0 ? 1 : 0);
        for (int i = depth - 1; i >= 0; i--)
        {
            path[i + 1].Weight += one * path[i].Weight * (i + 1) / (depth + 1);
            path[i].Weight = zero * path[i].Weight * (depth - i) / (depth + 1);
        }
    }

    private static void Remove(Step[] path, int depth, int index)
    {
        (double zero, double one) = (path[index].Zero, path[index].One);
        double next = path[depth].Weight;
        for (int i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                double weight = path[i].Weight;
                path[i].Weight = next * (depth + 1) / ((i + 1) * one);
                next = weight - (path[i].Weight * zero * (depth - i) / (depth + 1));
            }
            else
            {
                path[i].Weight = path[i].Weight * (depth + 1) / (zero * (depth - i));
            }
        }

        for (int i = index; i < depth; i++)
            path[i] = path[i + 1] with { Weight = path[i].Weight };
    }

    private static double WithoutStep(Step[] path, int depth, int index)
    {
        (double zero, double one) = (path[index].Zero, path[index].One);
        double next = path[depth].Weight, sum = 0;
        for (int i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                double weight = next * (depth + 1) / ((i + 1) * one);
                sum += weight;
                next = path[i].Weight - (weight * zero * (depth - i) / (depth + 1));
            }
            else
            {
                sum += path[i].Weight * (depth + 1) / (zero * (depth - i));
            }
        }

        return sum;
    }

    /// <summary>A split on the way from the root: its column, the share of training rows that take it, whether the row does, and the
    /// weight of the sets of columns of one size.</summary>
    private record struct Step(int Column, double Zero, double One, double Weight);
}
