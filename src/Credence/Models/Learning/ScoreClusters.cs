using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Numerics;

namespace Credence.Models.Learning;

/// <summary>Rows of scores in clusters, such as all rows of a patient: they depend on each other, so a split keeps them together and a
/// standard error is one of clusters. Rows of a cluster that are equal in scores and label count once, with their weights added up: ten
/// copies of a row say what one says.</summary>
public sealed class ScoreClusters
{
    /// <summary>The fewest groups that count as clusters; fewer are kinds of rows, of which a standard error can't be had.</summary>
    public const int Fewest = 10;

    private readonly int[] clusterOf, first;
    private readonly double[] weights;

    private ScoreClusters(int[] clusterOf, int[] first, double[] weights)
    {
        this.clusterOf = clusterOf;
        this.first = first;
        this.weights = weights;
    }

    /// <summary>The clusters of rows; null where there are fewer than <see cref="Fewest"/> groups.</summary>
    /// <param name="groups">The group of each row; one that is missing is a cluster of its own. Null for none.</param>
    /// <param name="weights">The weight of each row, or null.</param>
    /// <param name="scores">[rows, classes], row-major.</param>
    /// <param name="labels">The label of each row.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ScoreClusters? Of(
        IReadOnlyList<string?>? groups, IReadOnlyList<double>? weights, ReadOnlySpan<double> scores, Labels labels)
    {
        if (groups is null)
            return null;

        int rows = labels.Count, classes = labels.Classes;
        if (groups.Count != rows)
            throw new ArgumentException($"There are {rows} rows and {groups.Count} groups; there must be as many.", nameof(groups));

        CategoryColumn column = CategoryColumn.FromNames("group", groups);
        int count = column.Categories.Count;
        if (count < Fewest)
            return null;

        var clusterOf = new int[rows];
        var first = new int[rows];
        var sums = new double[rows];
        var seen = new Dictionary<(int Cluster, int Label, ulong Scores), int>();
        for (int row = 0; row < rows; row++)
        {
            clusterOf[row] = column.Codes[row] >= 0 ? column.Codes[row] : count++;
            first[row] = row;
            ulong key = RowKey.Of(scores.Slice(row * classes, classes));
            if (!seen.TryAdd((clusterOf[row], labels[row], key), row)
                && seen[(clusterOf[row], labels[row], key)] is var earlier
                && scores.Slice(earlier * classes, classes).SequenceEqual(scores.Slice(row * classes, classes)))
            {
                first[row] = earlier;
            }

            sums[first[row]] += weights?[row] ?? 1;
        }

        return new ScoreClusters(clusterOf, first, sums);
    }

    internal static ScoreClusters? Of(ScoreCalibrationOptions options, double[] scores, Labels labels, List<string> notes)
    {
        // Sets by group need the groups as kinds of rows.
        if (options.Sets.Partition == ConformalPartition.Group)
            return null;

        ScoreClusters? clusters = Of(options.Groups, options.Weights, scores, labels);
        if (clusters is not null)
            notes.Add(clusters.Note());

        return clusters;
    }

    /// <summary>What was done, in a sentence.</summary>
    public string Note()
    {
        int copies = Enumerable.Range(0, first.Length).Count(row => first[row] != row);
        string once = copies == 0 ? "" : $"; {copies:N0} rows that repeat another of their group are counted once, with its weight";
        return $"the {first.Length:N0} rows are in {clusterOf.Distinct().Count():N0} groups, which count as clusters: folds "
            + $"keep them together, and intervals are of clusters{once}";
    }

    /// <summary>Those of some rows that repeat none before them.</summary>
    public int[] Once(IReadOnlyList<int> rows)
    {
        var seen = new HashSet<int>();
        return [.. rows.Where(row => seen.Add(first[row]))];
    }

    /// <summary>The weight of a row with that of its repeats.</summary>
    public double Weight(int row) => weights[first[row]];

    /// <summary>The cluster of each of some rows, from 0; null where each is a cluster of its own.</summary>
    public int[]? Of(IReadOnlyList<int> rows)
    {
        var number = new Dictionary<int, int>();
        var own = new int[rows.Count];
        for (int i = 0; i < own.Length; i++)
        {
            number.TryAdd(clusterOf[rows[i]], number.Count);
            own[i] = number[clusterOf[rows[i]]];
        }

        return number.Count == own.Length ? null : own;
    }

    /// <summary>A fold for each of some rows, a cluster in one fold; null where each is a cluster of its own.</summary>
    internal int[]? Folds(IReadOnlyList<int> rows, CalibratorSelectionOptions options)
    {
        if (Of(rows) is not { } own)
            return null;

        int clusters = own.Max() + 1;
        int[] foldOf = CalibrationFold.Dealt(clusters, Math.Min(options.Folds, clusters), new Rng(options.Seed));
        return [.. own.Select(cluster => foldOf[cluster])];
    }
}
