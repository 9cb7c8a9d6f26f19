using Credence.Optimization;

namespace Credence.LogitModels;

/// <summary>Fits a logit model and out-of-fold logits of every row, by which learners are compared and calibrators fitted.</summary>
public interface ILogitLearner
{
    /// <summary>The learner's name, such as <c>linear</c>.</summary>
    string Name { get; }

    /// <summary>Why these rows don't suit the learner, after "left out: "; null where they do.</summary>
    /// <param name="rows">The rows.</param>
    string? Unsuited(LearnerRows rows) => null;

    /// <summary>Fits the model.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="progress">Receives the progress of the fit.</param>
    /// <param name="cancellationToken">Stops the work within a second.</param>
    /// <exception cref="ArgumentException">The rows are unsuitable for training; the message says why.</exception>
    LogitFit Fit(LearnerRows rows, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default);
}
