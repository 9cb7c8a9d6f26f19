using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.Optimization;
using Credence.Persistence;

namespace Credence.LogitModels;

/// <summary>A fitted model that turns features into logits, one per class: linear, trees, a network, or an ensemble. Immutable, and safe
/// for use by several
/// threads. Calibration, evaluation and decisions use only its logits.</summary>
public interface ILogitModel
{
    /// <summary>The kind that a model file stores and <c>LogitModelRegistry</c> loads by, such as <c>softmax</c>.</summary>
    string Kind { get; }

    /// <summary>The number of features.</summary>
    int Features { get; }

    /// <summary>The number of classes.</summary>
    int Classes { get; }

    /// <summary>How the logits become probabilities.</summary>
    LogitMeaning Meaning { get; }

    /// <summary>The fit's objective and optimality bound; null where the model has none.</summary>
    Certificate? Certificate => null;

    /// <summary>The logits of rows.</summary>
    /// <param name="features">[rows, features].</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The number of columns is not that of the features.</exception>
    Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default);

    /// <summary>The contribution of each feature of one row to the difference of two classes' logits; null where the model can't compute
    /// it.</summary>
    /// <param name="row">[1, features].</param>
    /// <param name="label">The class to explain.</param>
    /// <param name="against">The class that it is compared with.</param>
    /// <exception cref="ArgumentException">There is not exactly one row, or the number of columns is not that of the features.</exception>
    LogitContributions? Contributions(IFeatureMatrix row, int label, int against) => null;

    /// <summary>The penultimate features, the input of the last linear layer, which feature-based outlier scores use. The features
    /// themselves where that is the only layer.</summary>
    /// <param name="features">[rows, features].</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    IFeatureMatrix PenultimateFeatures(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default) =>
        features;

    /// <summary>Writes the parameters as tensors under a prefix.</summary>
    /// <returns>The model's description, whose <c>kind</c> is <see cref="Kind"/>.</returns>
    JsonObject Save(NamedTensors tensors, string prefix);
}
