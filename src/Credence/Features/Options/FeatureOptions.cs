namespace Credence.Features.Options;

/// <summary>How columns become features. The defaults are one rule for all data.</summary>
public sealed record FeatureOptions
{
    /// <summary>A category met in fewer training rows than this shares the feature "other", which also stands for categories never
    /// met in training.</summary>
    public int MinCategoryRows { get; init; } = 3;

    /// <summary>The most categories of a column that get a feature of their own; the rest, the rarest, are "other".</summary>
    public int MaxCategories { get; init; } = 10_000;

    /// <summary>How text becomes features.</summary>
    public TextOptions Text { get; init; } = new();

    /// <summary>How sound becomes features.</summary>
    public AudioOptions Audio { get; init; } = new();

    /// <summary>Threads to use; 0 means one a processor. The features don't depend on it.</summary>
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
            throw new ArgumentException($"'{nameof(Threads)}' is {Threads}, must be 0 (all processors) or more.");
    }
}
