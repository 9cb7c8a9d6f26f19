using Credence.Evaluation.Results;
using Credence.Models.Learning;

namespace Credence.Workflows.Training;

/// <summary>The options of training and evaluating a classifier. By default a fifth of the rows, stratified, is held out to evaluate
/// on.</summary>
public sealed record TrainingWorkflowOptions
{
    /// <summary>The learner's options; their seed and number of threads apply to the whole workflow.</summary>
    public ClassifierOptions Classifier { get; init; } = new();

    /// <summary>A file of rows to evaluate on, read with the same options; null holds out some of the training rows.</summary>
    public string? TestPath { get; init; }

    /// <summary>The labels of <see cref="TestPath"/>, where the training rows have theirs in a separate file.</summary>
    public string? TestLabelsFile { get; init; }

    /// <summary>A file of validation rows. Cross-validation makes its own, so they are used for training.</summary>
    public string? ValidationPath { get; init; }

    /// <summary>The part of the rows to hold out and evaluate on, above 0 and below 1.</summary>
    public double TestFraction { get; init; } = 0.2;

    /// <summary>The folds of the cross-validation that evaluates, 2 to 100; the model is then trained on all rows. 0 holds rows out
    /// instead.</summary>
    public int Folds { get; init; }

    /// <summary>The options of training from disk; null trains in memory.</summary>
    public StreamingOptions? Streaming { get; init; }

    /// <summary>Bins and draws of the metrics; null uses the defaults with the classifier's seed and threads.</summary>
    public EvaluationOptions? Evaluation { get; init; }

    internal EvaluationOptions EvaluationOrDefault => Evaluation ?? new() { Seed = Classifier.Seed, MaxThreads = Classifier.MaxThreads };

    internal void Check()
    {
        if (Folds is not (0 or (>= 2 and <= 100)))
            throw new WorkflowOptionException($"'{nameof(Folds)}' is {Folds}; it must be 0, or from 2 to 100.", nameof(Folds));

        if (TestFraction is not (> 0 and < 1))
        {
            throw new WorkflowOptionException(
                $"'{nameof(TestFraction)}' is {TestFraction}; it must be above 0 and below 1.", nameof(TestFraction));
        }

        if (Streaming is null)
            return;

        if (Classifier.Models.Any(model => model is not (ModelName.Linear or ModelName.Auto)))
        {
            throw new WorkflowOptionException(
                "Only the linear model can be trained from disk; trees, networks and blends need the rows in memory.",
                    nameof(Classifier.Models));
        }

        if (Folds > 0)
        {
            throw new WorkflowOptionException(
                "Cross-validation folds can't be combined with streaming, which holds out rows by a hash of their content.", nameof(Folds));
        }

        if (Classifier.L1Ratio > 0)
        {
            throw new WorkflowOptionException(
                "An L1 penalty can't be combined with streaming: minibatches make no weight exactly 0.", nameof(Classifier.L1Ratio));
        }
    }
}
