using Credence.Data;
using Credence.Features.Matrices;
using Credence.Optimization;

namespace Credence.Linear;

/// <summary>
/// Softmax regression (multinomial logistic regression): the weights W [features, classes] and bias b that minimise
/// J(W, b) = (1/Σw) Σ_i w_i·[ln Σ_k e^(z_ik) − z_i,label] + λ·[½(1 − ρ)‖W‖² + ρ‖W‖₁] with z_i = Wᵀx_i + b, and a certificate of how near the minimum they are.
/// </summary>
/// <remarks>
/// The bias is free, so classes without rows end at no finite one; a class that has none in these labels is left at the lowest score any row gives.
/// The fit runs in single precision until that has no more to give, and from there in double where the tolerance asks for it.
/// </remarks>
public sealed class SoftmaxRegression
{
    private readonly SoftmaxRegressionOptions options;

    /// <summary>A learner with the given options.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SoftmaxRegression(SoftmaxRegressionOptions options)
    {
        options.Check();
        this.options = options;
    }

    /// <summary>Fits a model.</summary>
    /// <param name="features">[rows, columns], all finite.</param>
    /// <param name="labels">The class of each row, of at least two classes, none missing.</param>
    /// <param name="weights">A weight a row, at least 0, or null for 1 each.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops the fit within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The rows can't be learnt from; the message says why.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public SoftmaxModel Fit(
        IFeatureMatrix features, Labels labels, double[]? weights = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var targets = new ClassTargets(labels);
        TrainingRows.CheckFeatures(features);
        targets.Check(features.Rows);
        TrainingRows.CheckSize(features, targets);
        double[] normalized = TrainingRows.NormalizedWeights(labels, weights, options.ClassWeights);
        return new SoftmaxModel(new LinearFit(options.Settings).Fit(features, targets, normalized, options.WarmStart?.Linear, progress, cancellation));
    }
}
