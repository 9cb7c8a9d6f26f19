using Credence.Optimization;

namespace Credence.Linear.Minibatch;

/// <summary>
/// Softmax regression on more rows than memory holds: minimises J(W, b) = (1/Σw) Σ_i w_i·[ln Σ_k e^(z_ik) − z_i,label] + λ/2·‖W‖² by
/// stochastic
/// gradient steps on minibatches, whose size decreases linearly to 0 so that the last weights are near the minimum
/// (A. Defazio et al., When, why and how much?, 2023). <see cref="SoftmaxRegression"/> is exact, with a certificate, where the rows fit
/// into memory.
/// </summary>
/// <remarks>
/// Rows are read in order and shuffled within blocks of <see cref="MinibatchSoftmaxRegressionOptions.BufferRows"/>, again in each pass, so
/// a file should
/// not be sorted by class. Memory holds a block, the chunks read ahead, W, and the optimizer's state; it does not grow with the rows.
/// </remarks>
public sealed class MinibatchSoftmaxRegression
{
    private readonly MinibatchSoftmaxRegressionOptions options;

    /// <summary>A learner with the given options.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public MinibatchSoftmaxRegression(MinibatchSoftmaxRegressionOptions? options = null)
    {
        this.options = options ?? new MinibatchSoftmaxRegressionOptions();
        this.options.Check();
    }

    /// <summary>Fits a model.</summary>
    /// <param name="stream">The rows, of at least two classes.</param>
    /// <param name="heldOut">Validation rows, on which the model is evaluated after every pass; or null.</param>
    /// <param name="resume">The state of a fit of the same rows and options to resume, or null to start.</param>
    /// <param name="checkpoint">Receives the state regularly and on cancellation; it must not use the state after it returns. Or
    /// null.</param>
    /// <param name="progress">Receives the progress a few times per pass.</param>
    /// <param name="cancellationToken">Stops the fit within a fraction of a second, after a last checkpoint.</param>
    /// <exception cref="ArgumentException">The rows are unsuitable for training, the checkpoint is of other rows or options, or the steps
    /// are too large; the message says why.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public MinibatchFit Fit(
        IStreamedFeatures stream, FeatureChunk? heldOut = null, MinibatchState? resume = null, Action<MinibatchState>? checkpoint = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (stream.Rows < 1)
            throw new ArgumentException("There are no training rows; at least one is needed.", nameof(stream));
        if (stream.Classes < 2)
            throw new ArgumentException($"There {(stream.Classes == 1 ? "is 1 class" : "are 0 classes")}; training needs at least two.",
                nameof(stream));

        var run = new MinibatchRun(stream, options, heldOut, resume, progress);
        try
        {
            run.MakePasses(checkpoint, cancellationToken);
        }
        catch (Exception error) when (checkpoint is not null && IsCancellation(error))
        {
            checkpoint(run.State);
            throw;
        }

        return new MinibatchFit(run.Model(cancellationToken), run.State.Passes);
    }

    private static bool IsCancellation(Exception error) =>
        error is OperationCanceledException || (error is AggregateException all && all.InnerExceptions.Any(IsCancellation));
}
