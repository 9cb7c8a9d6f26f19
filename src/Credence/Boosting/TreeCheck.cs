using Credence.Features.Matrices;

namespace Credence.Boosting;

/// <summary>Checks nodes that were read from a file, which is untrusted input.</summary>
internal static class TreeCheck
{
    /// <exception cref="InvalidDataException">The nodes are not trees over these columns.</exception>
    public static void Check(TreeNodes nodes, SplitColumn[] columns)
    {
        int[] starts = nodes.Starts;
        if (starts[0] != 0 || starts[^1] != nodes.Column.Length)
            throw Wrong($"has trees from node {starts[0]} to {starts[^1]}; they must cover all {nodes.Column.Length}");

        for (int tree = 0; tree < nodes.Trees; tree++)
        {
            if (starts[tree + 1] <= starts[tree] || starts[tree + 1] > nodes.Column.Length)
                throw Wrong($"has tree {tree} from node {starts[tree]} to {starts[tree + 1]}; each tree needs a node");

            CheckTree(nodes, tree, columns);
        }
    }

    /// <summary>The words of bits that a split of a category needs.</summary>
    public static int WordsOf(SplitColumn column) => (column.Count + 63) / 64;

    private static void CheckTree(TreeNodes nodes, int tree, SplitColumn[] columns)
    {
        int first = nodes.Starts[tree], count = nodes.Starts[tree + 1] - first;
        var parents = new int[count];
        for (int node = 0; node < count; node++)
        {
            int at = first + node;
            string where = $"has tree {tree}, node {node}";
            if (nodes.Column[at] < -1 || nodes.Column[at] >= columns.Length)
                throw Wrong($"{where} that splits column {nodes.Column[at]}; there are {columns.Length}");

            if (!float.IsFinite(nodes.Value[at]))
                throw Wrong($"{where} of value {nodes.Value[at]}; it must be finite");

            if (nodes.Rows[at] < 0)
                throw Wrong($"{where} of {nodes.Rows[at]} rows; there can't be fewer than 0");

            if (nodes.Column[at] < 0)
                continue;

            foreach (int child in (ReadOnlySpan<int>)[nodes.Left[at], nodes.Right[at]])
            {
                if (child <= node || child >= count)
                    throw Wrong($"{where} whose child is node {child}; it must come after the node, below {count}");

                parents[child]++;
            }

            CheckSplit(nodes, at, columns[nodes.Column[at]], where);
        }

        for (int node = 1; node < count; node++)
        {
            if (parents[node] != 1)
                throw Wrong($"has tree {tree}, node {node} that is a child {parents[node]} times; it must be once");
        }
    }

    private static void CheckSplit(TreeNodes nodes, int at, SplitColumn column, string where)
    {
        if (!column.IsCategory)
        {
            if (float.IsNaN(nodes.Threshold[at]))
                throw Wrong($"{where} whose threshold is NaN; it must be a number");
        }
        else if (nodes.Words[at] < 0 || nodes.Words[at] > nodes.Bits.Length - WordsOf(column))
        {
            throw Wrong($"{where} whose bits start at word {nodes.Words[at]}; it needs {WordsOf(column)} of {nodes.Bits.Length}");
        }
    }

    private static InvalidDataException Wrong(string what) => new($"The model {what}.");
}
