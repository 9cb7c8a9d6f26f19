using Credence.Conformal;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Files.Records;
using Credence.Files.Scores;
using Credence.Models;
using Credence.OutOfDistribution;

namespace Credence.Workflows.Scores;

/// <summary>The parts of an evaluation besides the metrics: prediction sets, adaptive sets, out-of-distribution scores,
/// comparisons.</summary>
internal sealed class EvaluationParts(EvaluationWorkflowOptions options, StageReporter stages, CancellationToken cancellationToken)
{
    /// <summary>Prediction sets over random halves of the rows; null, with a note, where there are too few rows.</summary>
    public SetResult? Sets(ClassifierEvaluation evaluation, IReadOnlyList<string?>? groupNames, List<string> notes)
    {
        Labels? groups = groupNames is null ? null : Labels.From(CategoryColumn.FromNames("group", groupNames));
        ConformalOptions sets = (options.Sets ?? new ConformalOptions { AcceptRareParts = true, Seed = options.Seed }) with
        {
            Guarantee = ConformalGuarantee.Exact,
            GuaranteeReason = "a random half of the rows gives the quantile, and the sets of the other half are measured",
        };
        int splits = Math.Max(options.Splits, 1), half = evaluation.Labels.Count / 2, needed = ConformalRank.RowsNeeded(sets.Alpha);
        if (half < needed)
        {
            notes.Add(
                $"no prediction sets: half of the {evaluation.Labels.Count} rows give the quantile, and α = {sets.Alpha} needs {needed}");
            return null;
        }

        ulong[] keys = [.. Enumerable.Range(0, evaluation.Labels.Count).Select(RowKey.Of)];
        ConformalSplits measured = stages.Run(WorkflowStage.Sets, _ => ConformalSplits.Run(
            evaluation.Probabilities, evaluation.Labels, sets, splits, 0, options.Seed, options.MaxThreads, groups, cancellationToken));
        Labels? parts = sets.Partition == ConformalPartition.Group ? groups : null;
        return SetResult.Of(measured, PredictionSetMetrics.Crossed(evaluation.Probabilities, evaluation.Labels, sets, keys, parts));
    }

    /// <summary>A model's sets with an adaptive level; null where they were not requested.</summary>
    /// <exception cref="WorkflowOptionException">The model has no sets, or sets by group.</exception>
    public AdaptiveResult? Adaptive(ConformalClassifier? sets, ClassifierEvaluation evaluation)
    {
        if (options.AdaptiveStep is not { } step)
            return null;

        const string Option = nameof(options.AdaptiveStep);
        return sets is null
            ? throw new WorkflowOptionException("The model has no prediction sets: there were too few rows to calibrate them.", Option)
            : sets.Partition == ConformalPartition.Group
                ? throw new WorkflowOptionException("Adaptive sets need prediction sets without groups.", Option)
                : stages.Run(WorkflowStage.AdaptiveSets, _ =>
                    AdaptiveResult.Compute(sets, evaluation.Probabilities, evaluation.Labels, step));
    }

    /// <summary>How well a classifier's scores detect out-of-distribution rows.</summary>
    public OutlierResult Outliers(Classifier classifier, DataSet known, Labels labels, DataInput input)
    {
        using IRowSource source = input.LikeTraining(classifier.Facts).Open(classifier.Pipeline.Inputs, cancellationToken);
        Table rows = stages.Read(WorkflowStage.Reading, told => source.ReadAll(told, cancellationToken)).Features;
        return stages.Run(WorkflowStage.Outliers, _ =>
        {
            (Logits ofKnown, double[]? knownScores) = Score(known.Features);
            (Logits ofOutliers, double[]? outlierScores) = Score(rows);
            IOutlierScorer? own = classifier.Outliers?.Scorer;
            return OutlierResult.Compute(
                ofKnown, labels, ofOutliers, areLogits: true, options.KnownAccuracy, own, knownScores, outlierScores);
        });

        (Logits, double[]?) Score(Table table)
        {
            (Logits logits, _, double[]? scores) =
                classifier.ScoreWithOutliers(table, maxThreads: options.MaxThreads, cancellationToken: cancellationToken);
            return (logits, scores);
        }
    }

    /// <summary>How well saved scores detect out-of-distribution rows.</summary>
    /// <exception cref="InvalidDataException">The classes of the two differ, or a row can't be of its kind.</exception>
    public OutlierResult Outliers(SavedScores scores, int[] rows, SavedScores outliers)
    {
        outliers = Matched(outliers, scores);
        return stages.Run(WorkflowStage.Outliers, _ => OutlierResult.Compute(
            ScoreValues.Logits(scores).Select(rows),
            scores.Labels!.Select(rows),
            ScoreValues.Logits(outliers),
            scores.RequiredKind() == ScoreKind.Logits,
            options.KnownAccuracy));
    }

    /// <summary>The comparison with another model's predictions of the same rows.</summary>
    /// <exception cref="InvalidDataException">Its classes differ.</exception>
    public ModelComparison Comparison(ClassifierEvaluation evaluation, DataSet data, Classifier other)
    {
        IReadOnlyList<string> classes = evaluation.Labels.Names;
        Probabilities second =
            other.ProbabilitiesOf(data.Features, maxThreads: options.MaxThreads, cancellationToken: cancellationToken);
        double[] ordered = ScoreMatching.Columns(second.Values, other.Classes, classes, options.OtherName ?? "the other model");
        return Compare(evaluation, new Probabilities(ordered, classes.Count), data.Weights);
    }

    /// <summary>The comparison with other scores of the same rows.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="scores">The scores it came from.</param>
    /// <param name="rows">Their rows that were evaluated.</param>
    /// <param name="other">The other scores.</param>
    /// <exception cref="InvalidDataException">The rows, classes or labels of the two differ, or a row can't be of its kind.</exception>
    public ModelComparison Comparison(ClassifierEvaluation evaluation, SavedScores scores, int[] rows, SavedScores other)
    {
        if (other.Rows != scores.Rows)
        {
            throw new InvalidDataException(
                $"'{other.Name}' has {other.Rows:N0} rows, '{scores.Name}' {scores.Rows:N0}; two models are compared on the same rows.");
        }

        other = Matched(other, scores);
        for (int row = 0; row < other.Labels?.Count; row++)
        {
            if (other.Labels[row] != scores.Labels![row] && other.Labels[row] != Labels.Missing)
            {
                throw new InvalidDataException(
                    $"{other.PlaceOf(row)} is labelled '{other.Labels.Names[other.Labels[row]]}', but differently in '{scores.Name}'; "
                    + "two models are compared on the same rows.");
            }
        }

        return Compare(evaluation, ScoreValues.Probabilities(other, options.MaxThreads).Select(rows), null);
    }

    private static SavedScores Matched(SavedScores other, SavedScores scores)
    {
        ScoreInput.Check(other);
        return ScoreMatching.InOrder(other, scores.Classes);
    }

    private ModelComparison Compare(ClassifierEvaluation evaluation, Probabilities second, double[]? weights) => stages.Run(
        WorkflowStage.Comparing,
        _ => ModelComparison.Compute(evaluation.Probabilities, second, evaluation.Labels, weights, options.Evaluation, cancellationToken));
}
