using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Data;
using Credence.Evaluation;
using Credence.Linear.Minibatch;
using Credence.Models;
using Credence.Models.Learning;

namespace Credence.Cli.Commands.Train;

/// <summary>A trained classifier, how it was made, and how it did: all that the screen, the JSON and the report tell.</summary>
internal sealed record TrainingOutcome
{
    /// <summary>What was asked for.</summary>
    public required TrainingRequest Request { get; init; }

    /// <summary>The rows.</summary>
    public required TrainingData Data { get; init; }

    /// <summary>How the classifier was made.</summary>
    public required ClassifierFit Fit { get; init; }

    /// <summary>How it did.</summary>
    public required ClassifierEvaluation Evaluation { get; init; }

    /// <summary>The rows measured on, in the order of the evaluation.</summary>
    public required DataSet Measured { get; init; }

    /// <summary>The classifier with what is known of it.</summary>
    public required Classifier Classifier { get; init; }

    /// <summary>What the policy promises and did; null where none was asked for.</summary>
    public PolicyResult? Policy { get; init; }

    /// <summary>The folds that measured, or 0 where rows were set aside.</summary>
    public int Folds { get; init; }

    /// <summary>What every pass over streamed rows gave; none where the rows were in memory.</summary>
    public IReadOnlyList<MinibatchPass> Passes { get; init; } = [];

    /// <summary>Trains and measures.</summary>
    public static TrainingOutcome Of(TrainingRequest request, TrainingData data)
    {
        Invocation invocation = request.Invocation;
        var options = new EvaluationOptions { Seed = invocation.Seed, MaxThreads = invocation.Threads };
        int folds = data.Test is null ? invocation.Get(SplitOptions.Folds) : 0;
        ClassifierEvaluation? crossed = folds > 0 ? Crossed(request, data.Train, folds, options) : null;
        ClassifierFit fit = Learn(request, data.Train, "training");
        foreach (string note in fit.Notes)
            invocation.Progress.Note($"  {note}");

        ClassifierEvaluation evaluation = crossed
            ?? invocation.Progress.Run("evaluating", _ => fit.Classifier.Evaluate(data.Test!, options, invocation.Cancellation));
        return From(request, data, fit, evaluation, data.Test ?? data.Train, folds);
    }

    /// <summary>A classifier with how it did.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="data">The rows.</param>
    /// <param name="fit">How the classifier was made.</param>
    /// <param name="evaluation">How it did.</param>
    /// <param name="measured">The rows measured on.</param>
    /// <param name="folds">The folds that measured, or 0 where rows were set aside.</param>
    public static TrainingOutcome From(TrainingRequest request, TrainingData data, ClassifierFit fit, ClassifierEvaluation evaluation, DataSet measured, int folds)
    {
        TrainingFacts facts = fit.Classifier.Facts with
        {
            Data = data.Description,
            DataFingerprint = data.Fingerprint,
            TestRows = evaluation.Labels.Count,
            TestMetrics = evaluation.Calibrated.Values(),
            UncalibratedMetrics = evaluation.Uncalibrated.Values(),
        };
        return new TrainingOutcome
        {
            Request = request,
            Data = data,
            Fit = fit,
            Evaluation = evaluation,
            Measured = measured,
            Classifier = fit.Classifier.With(facts),
            Policy = folds > 0
                ? PolicyResult.Of(request.Options.Policy, evaluation.Probabilities, evaluation.Labels, request.Invocation.Seed)
                : PolicyResult.Of(fit.Classifier.Policy, evaluation.Probabilities, evaluation.Labels),
            Folds = folds,
        };
    }

    private static ClassifierEvaluation Crossed(TrainingRequest request, DataSet rows, int folds, EvaluationOptions options) =>
        CrossValidation.Evaluate(
            rows,
            Credence.Data.Splits.Folds.Stratified(rows, folds, request.Invocation.Seed),
            (train, fold) => Learn(request, train, $"fold {fold + 1} of {folds}").Classifier,
            options,
            request.Invocation.Cancellation);

    private static ClassifierFit Learn(TrainingRequest request, DataSet rows, string stage) => request.Invocation.Progress.Run(
        stage, tell => new ClassifierLearner(request.Options).Fit(rows, new StageReports(tell, request.Invocation.Progress), request.Invocation.Cancellation));
}
