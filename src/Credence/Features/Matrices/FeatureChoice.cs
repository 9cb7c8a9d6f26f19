namespace Credence.Features.Matrices;

/// <summary>One of several feature sets of the same rows, of which cross-validation chooses the best.</summary>
/// <param name="Name">Its name, in a few words.</param>
/// <param name="For">The features of all rows for the fit without a fold, computed without that fold's labels; fold −1 is the fit of all
/// rows.</param>
public sealed record FeatureChoice(string Name, Func<int, IFeatureMatrix> For)
{
    /// <summary>Features that do not depend on the labels.</summary>
    public static FeatureChoice Of(IFeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return new("", _ => features);
    }
}
