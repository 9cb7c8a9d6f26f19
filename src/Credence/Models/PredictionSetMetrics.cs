using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Models;

/// <summary>The metrics of prediction sets on labelled rows.</summary>
/// <param name="Coverage">The share of rows whose set contains the true class.</param>
/// <param name="MeanSize">The mean number of classes in a set.</param>
/// <param name="Empty">The share of sets that are empty.</param>
/// <param name="Single">The share of sets with one class.</param>
/// <param name="Sizes">The number of sets with 0, 1, 2, … classes; the last includes all larger sets.</param>
public sealed record PredictionSetMetrics(double Coverage, double MeanSize, double Empty, double Single, IReadOnlyList<long> Sizes)
{
    private const int MostSizes = 51;

    /// <summary>The share of rows whose most probable class is the true one: where sets are never empty, the coverage is at least
    /// that.</summary>
    public double TopShare { get; init; }

    /// <summary>Computes the metrics.</summary>
    /// <param name="sets">The prediction sets.</param>
    /// <param name="probabilities">[rows, classes], at least one row.</param>
    /// <param name="labels">The true classes.</param>
    /// <param name="rowKeys">A key a row.</param>
    /// <param name="groups">A group a row, as an index into the sets' groups, where they are by group.</param>
    public static PredictionSetMetrics Compute(
        ConformalClassifier sets, Probabilities probabilities, Labels labels, ReadOnlySpan<ulong> rowKeys,
            ReadOnlySpan<int> groups = default) => Compute(sets.Sets(probabilities, rowKeys, groups), probabilities, labels);

    /// <summary>The metrics of a set a row.</summary>
    internal static PredictionSetMetrics Compute(IReadOnlyList<int>[] all, Probabilities probabilities, Labels labels)
    {
        int covered = 0, top = 0;
        long size = 0;
        var sizes = new long[Math.Min(probabilities.Classes + 1, MostSizes)];
        for (int row = 0; row < all.Length; row++)
        {
            size += all[row].Count;
            sizes[Math.Min(all[row].Count, sizes.Length - 1)]++;
            covered += all[row].Contains(labels[row]) ? 1 : 0;
            top += Confidence.Top(probabilities.Row(row)) == labels[row] ? 1 : 0;
        }

        double rows = all.Length;
        return new PredictionSetMetrics(covered / rows, size / rows, sizes[0] / rows, sizes[1] / rows, sizes)
        {
            TopShare = top / rows,
        };
    }

    /// <summary>Cross-fits the sets: evaluates each half of the rows with the quantile of the other.</summary>
    /// <param name="probabilities">[rows, classes].</param>
    /// <param name="labels">The true classes, none missing.</param>
    /// <param name="options">How the sets are made.</param>
    /// <param name="rowKeys">A key a row.</param>
    /// <param name="groups">The group of each row, where the sets are by group.</param>
    /// <returns>Null where half of the rows are too few for a quantile.</returns>
    public static PredictionSetMetrics? Crossed(
        Probabilities probabilities, Labels labels, ConformalOptions options, ulong[] rowKeys, Labels? groups = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rowKeys);
        int[] order = new Rng(options.Seed).Permutation(labels.Count);
        int[][] halves = [[.. order[..(order.Length / 2)].Order()], [.. order[(order.Length / 2)..].Order()]];
        Probabilities[] parts = [.. halves.Select(half => probabilities.Select(half))];
        var figures = new List<(PredictionSetMetrics, int)>();
        for (int half = 0; half < 2; half++)
        {
            int[] own = halves[half], other = halves[1 - half];
            Attempt<ConformalClassifier, ConformalRefusal> fit = ConformalClassifier.TryFit(
                parts[half], labels.Select(own), options, [.. own.Select(row => rowKeys[row])], groups?.Select(own));
            if (!fit.HasValue || other.Length == 0)
                return null;

            ulong[] keys = [.. other.Select(row => rowKeys[row])];
            ReadOnlySpan<int> groupOf = groups is null ? default : groups.Select(other).Indices;
            figures.Add((Compute(fit.Value, parts[1 - half], labels.Select(other), keys, groupOf), other.Length));
        }

        return Mean(figures);
    }

    /// <summary>The pooled metrics of several groups of rows.</summary>
    internal static PredictionSetMetrics Mean(IReadOnlyList<(PredictionSetMetrics Figures, int Rows)> groups)
    {
        double rows = groups.Sum(group => group.Rows);
        return new PredictionSetMetrics(
            groups.Sum(group => group.Figures.Coverage * group.Rows) / rows,
            groups.Sum(group => group.Figures.MeanSize * group.Rows) / rows,
            groups.Sum(group => group.Figures.Empty * group.Rows) / rows,
            groups.Sum(group => group.Figures.Single * group.Rows) / rows,
            [.. Enumerable.Range(0, groups[0].Figures.Sizes.Count).Select(size => groups.Sum(group => group.Figures.Sizes[size]))])
        {
            TopShare = groups.Sum(group => group.Figures.TopShare * group.Rows) / rows,
        };
    }
}
