namespace Credence.Boosting;

/// <summary>Options of boosted trees. The defaults suit most tables.</summary>
public sealed record BoostedTreesOptions
{
    /// <summary>The maximum number of rounds; a round adds a tree for each class, or one for two classes.</summary>
    public int Rounds { get; init; } = 1000;

    /// <summary>The factor of each tree's values, above 0 to 1.</summary>
    public double LearningRate { get; init; } = 0.06;

    /// <summary>The maximum number of leaves of a tree.</summary>
    public int Leaves { get; init; } = 31;

    /// <summary>The maximum number of splits between the root and a leaf.</summary>
    public int Depth { get; init; } = 12;

    /// <summary>The minimum number of training rows in a leaf.</summary>
    public int RowsPerLeaf { get; init; } = 20;

    /// <summary>The maximum number of bins of a column, the missing cells' among them, 3 to 255.</summary>
    public int Bins { get; init; } = 255;

    /// <summary>λ, added to the sum of second derivatives in a leaf: its value is −ΣG / (ΣH + λ).</summary>
    public double L2 { get; init; } = 1;

    /// <summary>The second derivative that a leaf sums.</summary>
    public RowCurvature Curvature { get; init; }

    /// <summary>The fraction of rows that each round draws, above 0 to 1.</summary>
    public double RowFraction { get; init; } = 1;

    /// <summary>The fraction of columns that each tree may split, above 0 to 1.</summary>
    public double ColumnFraction { get; init; } = 1;

    /// <summary>Rounds without a lower held-out log loss after which training stops.</summary>
    public int Patience { get; init; } = 25;

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check()
    {
        Between(Rounds, 1, 100_000, nameof(Rounds));
        Between(Leaves, 2, 65_536, nameof(Leaves));
        Between(Depth, 1, 64, nameof(Depth));
        Between(RowsPerLeaf, 1, int.MaxValue, nameof(RowsPerLeaf));
        Between(Bins, 3, 255, nameof(Bins));
        Between(Patience, 1, int.MaxValue, nameof(Patience));
        Share(LearningRate, nameof(LearningRate));
        Share(RowFraction, nameof(RowFraction));
        Share(ColumnFraction, nameof(ColumnFraction));
        if (!(L2 >= 0 && double.IsFinite(L2)))
            throw new ArgumentException($"'{nameof(L2)}' is {L2}; it must be a finite number of at least 0.", nameof(L2));
    }

    private static void Between(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentException($"'{name}' is {value}; it must be from {least} to {most}.", name);
    }

    private static void Share(double value, string name)
    {
        if (!(value > 0 && value <= 1))
            throw new ArgumentException($"'{name}' is {value}; it must be above 0 and at most 1.", name);
    }
}
