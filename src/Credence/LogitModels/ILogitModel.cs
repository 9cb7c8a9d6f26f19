using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.Optimization;
using Credence.Persistence;

namespace Credence.LogitModels;

/// <summary>A fitted model that turns features into logits, one a class: linear, trees, a network, or a blend of these. Immutable, and safe for use by several
/// threads. Calibration, evaluation and decisions see its logits only.</summary>
public interface ILogitModel
{
    /// <summary>The kind, by which a model file names it and by which it is loaded, such as <c>softmax</c>.</summary>
    string Kind { get; }

    /// <summary>The number of features.</summary>
    int Features { get; }

    /// <summary>The number of classes.</summary>
    int Classes { get; }

    /// <summary>How the logits become probabilities.</summary>
    LogitMeaning Meaning { get; }

    /// <summary>How good the fit is, and how far from the best at most; null where nothing of that kind is known.</summary>
    Certificate? Certificate => null;

    /// <summary>The logits of rows.</summary>
    /// <param name="features">[rows, features].</param>
    /// <param name="maxThreads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The number of columns is not that of the features.</exception>
    Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default);

    /// <summary>What each feature of one row contributes to the difference of two classes' logits; null where the model can't tell.</summary>
    /// <param name="row">[1, features].</param>
    /// <param name="label">The class to explain.</param>
    /// <param name="against">The class that it is compared with.</param>
    /// <exception cref="ArgumentException">There is not exactly one row, or the number of columns is not that of the features.</exception>
    LogitContributions? Contributions(IFeatureMatrix row, int label, int against) => null;

    /// <summary>The features that the last, linear layer sees: those to tell out-of-distribution rows by. The features themselves where there is no layer before it.</summary>
    /// <param name="features">[rows, features].</param>
    /// <param name="maxThreads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    IFeatureMatrix PenultimateFeatures(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default) => features;

    /// <summary>Writes the numbers as tensors under a prefix.</summary>
    /// <returns>The model's description, whose <c>kind</c> is <see cref="Kind"/>.</returns>
    JsonObject Save(NamedTensors tensors, string prefix);
}
