namespace Credence.Features.Matrices;

/// <summary>Features that a tree splits as one column: a number with its missing indicator, or the one-hot features of a
/// category.</summary>
/// <param name="First">The number's feature, or the category's first.</param>
/// <param name="Count">1 for a number; how many one-hot features a category has.</param>
/// <param name="Missing">The feature that is not 0 where the number is missing; −1 for none.</param>
/// <param name="IsCategory">Whether it is a category, whose value is the index of the feature that is not 0.</param>
internal readonly record struct SplitColumn(int First, int Count, int Missing, bool IsCategory)
{
    /// <summary>A number, missing where another feature says so.</summary>
    public static SplitColumn Number(int feature, int missing = -1) => new(feature, 1, missing, false);

    /// <summary>A number for each of some features.</summary>
    public static SplitColumn[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(feature => Number(feature))];

    /// <summary>The same column where <paramref name="features"/> more stand before it.</summary>
    public SplitColumn After(int features) => this with { First = First + features, Missing = Missing < 0 ? -1 : Missing + features };
}
