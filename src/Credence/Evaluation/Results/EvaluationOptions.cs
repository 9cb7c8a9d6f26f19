namespace Credence.Evaluation.Results;

/// <summary>The options of an evaluation.</summary>
public sealed record EvaluationOptions
{
    private const int FewestDraws = 39, MostLabels = 200_000_000;

    /// <summary>Bins of the binned calibration errors and of the reliability diagram, 1 to 1,000.</summary>
    public int Bins { get; init; } = 15;

    /// <summary>Draws for the 95 % intervals of comparisons and of rows with several labels; 0 for no intervals of anything, else 40 or
    /// more. Above 200,000 rows fewer are made, never fewer than 200. The intervals of rows of one label follow from each row's influence,
    /// and of calibration errors from <see cref="NullDraws"/>.</summary>
    public int BootstrapDraws { get; init; } = 1000;

    /// <summary>Labels drawn from the probabilities themselves, to compute each calibration error of a calibrated model:
    /// 0 for none, else 19 or more, the smallest number that gives a 95 % point. Above 1,000,000 rows fewer are made, so that 200 million
    /// labels are drawn at most, but never fewer than 39.</summary>
    public int NullDraws { get; init; } = 200;

    /// <summary>Each row's group, to evaluate every group separately; null for none.</summary>
    public RowGroups? Groups { get; init; }

    /// <summary>The cluster of each row, from 0, where rows of a cluster depend on each other; null where all rows are independent. A
    /// standard error is then of clusters, and labels drawn for a calibrated model agree within a cluster as the true ones do.</summary>
    public IReadOnlyList<int>? Clusters { get; init; }

    /// <summary>The random generator.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The maximum number of threads; 0 uses one per core. No result depends on it.</summary>
    public int MaxThreads { get; init; }

    /// <summary>These options with as many <see cref="NullDraws"/> as the rows allow.</summary>
    internal EvaluationOptions For(int rows) => this with { NullDraws = Math.Min(NullDraws, Math.Max(FewestDraws, MostLabels / rows)) };

    internal void Check(int rows)
    {
        if (Groups is not null && Groups.Indices.Count != rows)
            throw new ArgumentException($"There are {rows} rows and groups of {Groups.Indices.Count}; there must be as many.",
                nameof(rows));

        if (Clusters is not null && Clusters.Count != rows)
            throw new ArgumentException($"There are {rows} rows and clusters of {Clusters.Count}; there must be as many.", nameof(rows));

        Range(Bins is >= 1 and <= 1000, nameof(Bins), Bins, "from 1 to 1,000");
        Range(BootstrapDraws is 0 or (>= 40 and <= 1_000_000), nameof(BootstrapDraws), BootstrapDraws, "0, or from 40 to 1,000,000");
        Range(NullDraws is 0 or (>= 19 and <= 1_000_000), nameof(NullDraws), NullDraws, "0, or from 19 to 1,000,000");
        Range(MaxThreads >= 0, nameof(MaxThreads), MaxThreads, "0 or more");
    }

    private static void Range(bool inside, string name, int value, string range)
    {
        if (!inside)
            throw new ArgumentException($"'{name}' is {value}, must be {range}.", name);
    }
}
