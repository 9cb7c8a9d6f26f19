namespace Credence.Calibration.Selection;

/// <summary>The options of calibrator selection.</summary>
public sealed record CalibratorSelectionOptions
{
    /// <summary>The folds of the cross-validation; fewer where there are fewer rows. Above 20 million scores there are 2, and the
    /// methods are compared on one of them, fitted on the other.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>The fold of each row, where it is given; <see cref="Folds"/> and <see cref="Seed"/> then do not matter.</summary>
    public IReadOnlyList<int>? FoldOf { get; init; }

    /// <summary>The cluster of each row, from 0, where rows of a cluster depend on each other: the standard errors of gains are then of
    /// clusters. Give <see cref="FoldOf"/> too, with a cluster in one fold.</summary>
    public IReadOnlyList<int>? Clusters { get; init; }

    /// <summary>Whether maps of each class's own score join the candidates, as scores of few values or of a narrow range need
    /// (<see cref="Data.Scores.ScoreResolution.NeedsMaps"/>).</summary>
    public bool TriesMaps { get; init; }

    /// <summary>The seed of the folds.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>A simpler method is selected where its log loss is at most this much above the lowest.</summary>
    public double Tolerance { get; init; } = 0.0005;

    /// <summary>The candidate methods by name; null for all that suit the number of classes.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>The maximum number of threads; 0 uses one per core. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }
}
