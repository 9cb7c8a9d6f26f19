using Credence.Data;
using Credence.Features.Matrices;
using Credence.Optimization;

namespace Credence.Linear;

/// <summary>
/// Sigmoid regression, where a row may have several classes or none: the weights W [features, classes] and bias b that minimise
/// J(W, b) = (1/Σw) Σ_i w_i Σ_k [ln(1 + e^z_ik) − y_ik·z_ik] + λ·[½(1 − ρ)‖W‖² + ρ‖W‖₁] with z_i = Wᵀx_i + b and y_ik = 1 where row i has
/// class k, and a certificate of the distance to
/// the minimum. Every class is a separate logistic regression (D. Cox, The regression analysis of binary sequences, 1958); all are fitted
/// at once.
/// </summary>
/// <remarks>The bias is not penalised, so a class that all rows have, or none, has no finite optimum: its probability is left at 1 or 0 to
/// double precision.</remarks>
public sealed class SigmoidRegression
{
    private readonly SigmoidRegressionOptions options;

    /// <summary>A learner with the given options.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SigmoidRegression(SigmoidRegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Settings.Check();
        this.options = options;
    }

    /// <summary>Fits a model.</summary>
    /// <param name="features">[rows, columns], all finite.</param>
    /// <param name="labels">The classes of each row; at least one class must be in some rows only.</param>
    /// <param name="weights">One weight per row, at least 0, or null where all are 1.</param>
    /// <param name="progress">Receives the progress after every step.</param>
    /// <param name="cancellationToken">Stops the fit within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The rows are unsuitable for training; the message says why.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public SigmoidModel Fit(
        IFeatureMatrix features, LabelSets labels, double[]? weights = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var targets = new LabelSetTargets(labels);
        TrainingRows.CheckFeatures(features);
        targets.Check(features.Rows);
        TrainingRows.CheckSize(features, targets);
        double[] normalized = TrainingRows.NormalizedWeights(labels.Count, weights);
        return new SigmoidModel(new LinearFit(options.Settings)
            .Fit(features, targets, normalized, options.WarmStart?.Linear, progress, cancellationToken));
    }
}
