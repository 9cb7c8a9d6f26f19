using Credence.Features;
using Credence.LogitModels;
using Credence.Optimization;

namespace Credence.Linear.Path;

/// <summary>Softmax regression with its penalty, and the weighting of text features, chosen by cross-validation.</summary>
public sealed class LinearLearner : ILogitLearner
{
    private readonly RegularizationPathOptions options;
    private readonly IReadOnlyList<double> labelPowers;

    /// <summary>A learner with the given options.</summary>
    /// <param name="options">Options of the regularisation path.</param>
    /// <param name="labelPowers">The powers of supervised term weighting to try, the likeliest first; null means 0 only.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LinearLearner(RegularizationPathOptions? options = null, IReadOnlyList<double>? labelPowers = null)
    {
        this.options = options ?? new RegularizationPathOptions();
        this.options.Check();
        this.labelPowers = labelPowers ?? [0];
    }

    /// <inheritdoc/>
    public string Name => "linear";

    /// <summary>Fits the model.</summary>
    /// <inheritdoc/>
    public LogitFit Fit(LearnerRows rows, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var weighting = new SupervisedTermWeighting(rows.Pipeline, rows.Features, rows.Labels, rows.Folds, labelPowers);
        RegularizationPathResult<SoftmaxModel> path = new RegularizationPath(options with { MaxThreads = rows.MaxThreads }).Fit(
            weighting.Choices, rows.Labels, rows.Folds, rows.Weights, progress, cancellationToken);
        return new LinearLogitFit(path, weighting.Weighed(path.Features));
    }
}
