using Credence.Conformal;
using Credence.Decisions;
using Credence.Evaluation.Results;
using Credence.Files.Scores;
using Credence.Models;

namespace Credence.Workflows.Scores;

/// <summary>The options of an evaluation.</summary>
public sealed record EvaluationWorkflowOptions
{
    /// <summary>Prediction sets to evaluate over random halves of the rows. Null evaluates a classifier's own sets, and the default sets
    /// of saved scores.</summary>
    public ConformalOptions? Sets { get; init; }

    /// <summary>The random splits into halves to evaluate prediction sets over; 0 makes one where sets are requested.</summary>
    public int Splits { get; init; }

    /// <summary>The policy; by default the model's own, if it has one.</summary>
    public PolicyOptions Policy { get; init; } = new();

    /// <summary>Another model to compare a classifier with, on the same rows.</summary>
    public Classifier? OtherModel { get; init; }

    /// <summary>Other scores of the same rows to compare scores with.</summary>
    public SavedScores? OtherScores { get; init; }

    /// <summary>The name of the other model or scores.</summary>
    public string? OtherName { get; init; }

    /// <summary>Out-of-distribution rows, on which a classifier's outlier scores are evaluated.</summary>
    public DataInput? OutlierRows { get; init; }

    /// <summary>Scores of out-of-distribution rows, for saved scores.</summary>
    public SavedScores? OutlierScores { get; init; }

    /// <summary>The minimum accuracy on in-distribution rows when out-of-distribution rows are rejected; null for none.</summary>
    public double? KnownAccuracy { get; init; }

    /// <summary>The step γ of the model's sets' level, above 0 and at most 1, to evaluate adaptive sets on the rows in their order; null
    /// for none.</summary>
    public double? AdaptiveStep { get; init; }

    /// <summary>The class prior of the rows, by which a model's or a calibrator's answers are reweighted before they are measured; null for
    /// that of the calibration rows. As <see cref="PredictionOptions.Prior"/>.</summary>
    public IReadOnlyList<double>? Prior { get; init; }

    /// <summary>Whether to estimate the class prior from the rows, without their labels, and to reweight by it where it has
    /// shifted.</summary>
    public bool EstimatesPrior { get; init; }

    /// <summary>The random seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The maximum number of threads; 0 uses one per core. Results don't depend on it.</summary>
    public int MaxThreads { get; init; }

    internal EvaluationOptions Evaluation => new() { Seed = Seed, MaxThreads = MaxThreads };

    internal bool HasPrior => Prior is not null || EstimatesPrior;

    internal PredictionOptions Predicting =>
        new() { Prior = Prior, EstimatesPrior = EstimatesPrior, MaxThreads = MaxThreads };

    internal void Check()
    {
        if (HasPrior && (AdaptiveStep is not null || OtherModel is not null || OtherScores is not null))
        {
            throw new WorkflowOptionException(
                "Adaptive sets and comparisons are of a model as it is, without a class prior: leave one of them out.", nameof(Prior));
        }

        if (Splits is < 0 or > 10_000)
            throw new WorkflowOptionException($"'{nameof(Splits)}' is {Splits}; it must be from 0 to 10,000.", nameof(Splits));

        if (AdaptiveStep is { } step && !(step is > 0 and <= 1))
        {
            throw new WorkflowOptionException(
                $"'{nameof(AdaptiveStep)}' is {step}; it must be above 0 and at most 1.", nameof(AdaptiveStep));
        }

        if (KnownAccuracy is { } accuracy && !(accuracy is >= 0 and <= 1))
            throw new WorkflowOptionException($"'{nameof(KnownAccuracy)}' is {accuracy}; it must be from 0 to 1.", nameof(KnownAccuracy));
    }
}
