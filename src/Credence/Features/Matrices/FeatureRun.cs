namespace Credence.Features.Matrices;

/// <summary>Features that stand beside each other.</summary>
/// <param name="First">The first.</param>
/// <param name="Count">How many.</param>
internal readonly record struct FeatureRun(int First, int Count)
{
    /// <summary>The feature after the last.</summary>
    public int End => First + Count;
}
