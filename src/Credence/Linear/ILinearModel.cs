using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.Optimization;

namespace Credence.Linear;

/// <summary>A fitted model whose scores are z = Wᵀx + b, one a class.</summary>
public interface ILinearModel
{
    /// <summary>The number of features.</summary>
    int Features { get; }

    /// <summary>The number of classes.</summary>
    int Classes { get; }

    /// <summary>W, [features, classes], row-major: a feature's weights for all classes lie together.</summary>
    ReadOnlySpan<float> Weights { get; }

    /// <summary>b, [classes].</summary>
    ReadOnlySpan<double> Bias { get; }

    /// <summary>How good the fit is, and how far from the best at most.</summary>
    Certificate Certificate { get; }

    /// <summary>The scores of rows.</summary>
    /// <param name="features">[rows, features].</param>
    /// <param name="maxThreads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">The number of columns is not that of the features.</exception>
    Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellation = default);
}
