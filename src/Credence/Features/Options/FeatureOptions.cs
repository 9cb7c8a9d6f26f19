namespace Credence.Features.Options;

/// <summary>How columns become features. The defaults suit all data.</summary>
public sealed record FeatureOptions
{
    /// <summary>A category in fewer training rows than this shares the feature "other", which also covers categories unseen
    /// in training.</summary>
    public int MinCategoryRows { get; init; } = 3;

    /// <summary>The maximum number of categories of a column with their own feature; the rest, the rarest, are "other".</summary>
    public int MaxCategories { get; init; } = 10_000;

    /// <summary>How text becomes features.</summary>
    public TextOptions Text { get; init; } = new();

    /// <summary>How audio becomes features.</summary>
    public AudioOptions Audio { get; init; } = new();

    /// <summary>The maximum number of threads; 0 for one per core. The features don't depend on it.</summary>
    public int Threads { get; init; }

    internal void Check()
    {
        if (MinCategoryRows < 1)
            throw new ArgumentException($"'{nameof(MinCategoryRows)}' is {MinCategoryRows}, must be at least 1.");

        if (MaxCategories < 1)
            throw new ArgumentException($"'{nameof(MaxCategories)}' is {MaxCategories}, must be at least 1.");

        Text.Check();
        Audio.Check();
        if (Threads < 0)
            throw new ArgumentException($"'{nameof(Threads)}' is {Threads}, must be 0 (one per core) or more.");
    }
}
