namespace Credence.Features.Matrices;

/// <summary>One of several ways to make features of the same rows, of which held-out rows say which is best.</summary>
/// <param name="Name">The way, in a few words.</param>
/// <param name="For">The features of all rows for the fit without a fold, made without its rows' labels; of fold −1 for the fit of all rows.</param>
public sealed record FeatureChoice(string Name, Func<int, IFeatureMatrix> For)
{
    /// <summary>Features that no label had a part in.</summary>
    public static FeatureChoice Of(IFeatureMatrix features) => new("", _ => features);
}
