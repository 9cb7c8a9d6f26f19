using Credence.Optimization;

namespace Credence.LogitModels;

/// <summary>Makes a logit model of rows, with held-out logits of every row: what a contest compares, and what calibration is fitted on.</summary>
public interface ILogitLearner
{
    /// <summary>The name, such as <c>linear</c>.</summary>
    string Name { get; }

    /// <summary>Fits the model.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="progress">Told how far the fit is.</param>
    /// <param name="cancellationToken">Stops the work within a second.</param>
    /// <exception cref="ArgumentException">The rows can't be learnt from; the message says why.</exception>
    LogitFit Fit(LearnerRows rows, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default);
}
