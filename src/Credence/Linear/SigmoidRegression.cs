using Credence.Data;
using Credence.Features.Matrices;
using Credence.Optimization;

namespace Credence.Linear;

/// <summary>
/// Sigmoid regression, where a row may be of several classes or of none: the weights W [features, classes] and bias b that minimise
/// J(W, b) = (1/Σw) Σ_i w_i Σ_k [ln(1 + e^z_ik) − y_ik·z_ik] + λ·[½(1 − ρ)‖W‖² + ρ‖W‖₁] with z_i = Wᵀx_i + b, y_ik whether row i is of class k, and a certificate of how near
/// the minimum they are. Every class is a logistic regression of its own (D. Cox, The regression analysis of binary sequences, 1958); all are fitted at once.
/// </summary>
/// <remarks>The bias is free, so a class that all rows have, or none, ends at no finite one: it is left at a probability that no double tells from 1, or 0.</remarks>
public sealed class SigmoidRegression
{
    private readonly SigmoidRegressionOptions options;

    /// <summary>A learner with the given options.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SigmoidRegression(SigmoidRegressionOptions options)
    {
        options.Settings.Check();
        this.options = options;
    }

    /// <summary>Fits a model.</summary>
    /// <param name="features">[rows, columns], all finite.</param>
    /// <param name="labels">The classes of each row, at least one of which some rows have and others not.</param>
    /// <param name="weights">A weight a row, at least 0, or null for 1 each.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops the fit within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The rows can't be learnt from; the message says why.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public SigmoidModel Fit(
        IFeatureMatrix features, LabelSets labels, double[]? weights = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var targets = new LabelSetTargets(labels);
        TrainingRows.CheckFeatures(features);
        targets.Check(features.Rows);
        TrainingRows.CheckSize(features, targets);
        double[] normalized = TrainingRows.NormalizedWeights(labels.Count, weights);
        return new SigmoidModel(new LinearFit(options.Settings).Fit(features, targets, normalized, options.WarmStart?.Linear, progress, cancellation));
    }
}
