using Credence.Data;
using Credence.Features.Matrices;
using Credence.Optimization;

namespace Credence.Linear;

/// <summary>
/// Softmax regression (multinomial logistic regression): the weights W [features, classes] and bias b that minimise
/// J(W, b) = (1/Σw) Σ_i w_i·[ln Σ_k e^(z_ik) − z_i,label] + λ·[½(1 − ρ)‖W‖² + ρ‖W‖₁] with z_i = Wᵀx_i + b, and a certificate of the
/// distance to the minimum.
/// </summary>
/// <remarks>
/// The bias is not penalised, so a class without rows has no finite optimum; it is left at the lowest score of any row.
/// The fit runs in single precision until it stalls, then in double where the tolerance requires it.
/// </remarks>
public sealed class SoftmaxRegression
{
    private readonly SoftmaxRegressionOptions options;

    /// <summary>A learner with the given options.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SoftmaxRegression(SoftmaxRegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        this.options = options;
    }

    /// <summary>Fits a model.</summary>
    /// <param name="features">[rows, columns], all finite.</param>
    /// <param name="labels">The class of each row, of at least two classes, none missing.</param>
    /// <param name="weights">One weight per row, at least 0, or null where all are 1.</param>
    /// <param name="progress">Receives the progress after every step.</param>
    /// <param name="cancellationToken">Stops the fit within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The rows are unsuitable for training; the message says why.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public SoftmaxModel Fit(
        IFeatureMatrix features, Labels labels, double[]? weights = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var targets = new ClassTargets(labels);
        TrainingRows.CheckFeatures(features);
        targets.Check(features.Rows);
        TrainingRows.CheckSize(features, targets);
        double[] normalized = TrainingRows.NormalizedWeights(labels, weights, options.ClassWeights);
        return new SoftmaxModel(new LinearFit(options.Settings)
            .Fit(features, targets, normalized, options.WarmStart?.Linear, progress, cancellationToken));
    }
}
