using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation.Results;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Learning;

namespace Credence.Workflows.Scores;

/// <summary>Evaluates a model on labelled rows, or saved scores of any system: every metric with its 95 % interval, prediction sets,
/// policy, and what
/// else the options ask for. Nothing is written.</summary>
public sealed class EvaluationWorkflow
{
    private readonly EvaluationWorkflowOptions options;

    /// <summary>A workflow with the given options.</summary>
    /// <exception cref="WorkflowOptionException">An option is out of range.</exception>
    public EvaluationWorkflow(EvaluationWorkflowOptions? options = null)
    {
        this.options = options ?? new EvaluationWorkflowOptions();
        this.options.Check();
    }

    /// <summary>Evaluates a classifier of rows with one label.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="input">Labelled rows.</param>
    /// <param name="progress">Receives each stage and note.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="WorkflowOptionException">An option doesn't fit the data or the model, or no option names the label
    /// is.</exception>
    /// <exception cref="InvalidDataException">The data can't be read, or its classes differ.</exception>
    public EvaluationOutcome Run(
        Classifier classifier, DataInput input, IProgress<WorkflowProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var stages = new StageReporter(progress);
        using IRowSource source = input.LabelledLikeTraining(classifier.Facts).Open(classifier.Pipeline.Inputs, cancellationToken);
        LabelledRows.CheckSaysLabel(source);
        LabelledRows rows = stages.Read(
            WorkflowStage.Reading, told => LabelledRows.Of(source.ReadAll(told, cancellationToken)).Among(classifier.Classes));
        MemoryNeed.Check(rows.Data.Features, classifier.Classes.Count, input.Reading);
        EvaluationOptions measuring = options.Evaluation with { Groups = rows.Groups is { } named ? RowGroups.Of(named) : null };
        List<string> notes = [.. source.Notes, .. rows.Notes];
        Predictor predictor = Required(() => classifier.PredictorFor(options.Predicting));
        ClassifierEvaluation evaluation = stages.Run(WorkflowStage.Evaluating, _ => classifier
            .EvaluateWith(predictor, rows.Data, measuring, notes, cancellationToken).With(rows.Unseen, rows.Data.Weights));
        bool asksForSets = options.Sets is not null || options.Splits > 0;
        var parts = new EvaluationParts(options, stages, cancellationToken);
        EvaluationOutcome outcome = new()
        {
            Source = input.Name,
            Model = classifier.Model.Kind,
            Fingerprint = source.Fingerprint,
            Classes = classifier.Classes,
            TrainRows = classifier.Facts.TrainRows,
            CalibrationRows = classifier.Facts.CalibrationRows,
            Evaluation = evaluation,
            Rows = rows.Rows,
            Measured = rows.Data,
            Calibrator = classifier.Calibrator,
            Sets = asksForSets
                ? parts.Sets(evaluation, rows.Groups, notes)
                : SetResult.Of(evaluation.Answers!.Sets, evaluation.Sets, evaluation.Labels.Count),
            Policy = options.Policy.IsAsked
                ? PolicyResult.Of(options.Policy, evaluation.Probabilities, evaluation.Labels, options.Seed)
                : PolicyResult.Of(classifier.Policy, evaluation.Probabilities, evaluation.Labels),
            Shift = classifier.Shift is { } shift ? (shift, shift.Estimate(evaluation.BeforePrior!)) : null,
            Adaptive = parts.Adaptive(classifier.Sets, evaluation),
            Outliers = options.OutlierRows is { } outliers ? parts.Outliers(classifier, rows.Data, evaluation.Labels, outliers) : null,
            Comparison = options.OtherModel is { } other ? parts.Comparison(evaluation, rows.Data, other) : null,
            Against = options.OtherName,
        };
        return Noted(stages, outcome with { Notes = notes });
    }

    /// <summary>Evaluates a classifier of rows with several labels; computes the metrics only.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="input">Labelled rows.</param>
    /// <param name="progress">Receives each stage and note.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="WorkflowOptionException">An option doesn't fit the data, or no option names the labels are.</exception>
    /// <exception cref="InvalidDataException">The data can't be read, or its classes differ.</exception>
    public MultiLabelEvaluationOutcome Run(
        MultiLabelClassifier classifier,
        DataInput input,
        IProgress<WorkflowProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var stages = new StageReporter(progress);
        using IRowSource source = input.LabelledLikeTraining(classifier.Facts).Open(classifier.Pipeline.Inputs, cancellationToken);
        LabelledRows.CheckSaysLabel(source);
        LabelledRows rows = stages.Read(WorkflowStage.Reading, told => LabelledRows.Of(source.ReadAll(told, cancellationToken)));
        MemoryNeed.Check(rows.Data.Features, classifier.Classes.Count, input.Reading);
        if (rows.Data.LabelSets is null)
            rows = rows with { Data = rows.Data with { LabelSets = LabelSets.Of(rows.Data.Labels!) } };

        rows = rows.Among(classifier.Classes);
        MultiLabelEvaluation evaluation = stages.Run(
            WorkflowStage.Evaluating, _ => classifier.Evaluate(rows.Data, options.Evaluation, cancellationToken));
        string[] notes = [.. source.Notes, .. rows.Notes];
        stages.Notes(notes);
        return new MultiLabelEvaluationOutcome
        {
            Source = input.Name,
            Fingerprint = source.Fingerprint,
            Classifier = classifier,
            Evaluation = evaluation,
            Notes = notes,
        };
    }

    /// <summary>Evaluates a calibrator on scores with labels.</summary>
    /// <param name="calibrator">The calibrator.</param>
    /// <param name="scores">Scores of its kind and classes, with labels.</param>
    /// <param name="progress">Receives each stage and note.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="WorkflowOptionException">The scores are of the other kind or have no labels, or an option doesn't fit.</exception>
    /// <exception cref="InvalidDataException">Their classes differ, or a row can't be of that kind.</exception>
    public EvaluationOutcome Run(
        ScoreCalibrator calibrator,
        SavedScores scores,
        IProgress<WorkflowProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        scores = ScoreMatching.ForCalibrator(scores, calibrator, progress);
        ScoreInput.CheckLabelled(scores);
        var stages = new StageReporter(progress);
        Probabilities after = calibrator.Apply(scores.Values, options.MaxThreads, scores.Groups);
        var told = new List<string>();
        RowsUnderPrior answers = Required(() => calibrator.PredictorFor(options.Predicting)).UnderPrior(after, told);
        Probabilities before = ScoreValues.Probabilities(scores, options.MaxThreads);
        EvaluationOutcome outcome =
            Of(scores, answers.Probabilities, answers.Shift?.Reweight(before) ?? before, stages, cancellationToken);
        ClassifierEvaluation evaluation = outcome.Evaluation;
        return Noted(stages, outcome with
        {
            Notes = [.. outcome.Notes, .. told],
            Policy = outcome.Policy ?? PolicyResult.Of(calibrator.Policy, evaluation.Probabilities, evaluation.Labels),
            Shift = calibrator.Shift is { } shift ? (shift, shift.Estimate(after.Select([.. outcome.Rows]))) : null,
            Adaptive = new EvaluationParts(options, stages, cancellationToken).Adaptive(calibrator.Sets, evaluation),
            Calibrator = calibrator.Calibrator,
            Floor = calibrator.Floor,
            CalibrationRows = calibrator.Facts.CalibrationRows,
        });
    }

    /// <summary>Evaluates scores without calibration.</summary>
    /// <param name="scores">Scores with labels, checked by <see cref="ScoreInput.ReadLabelled"/>.</param>
    /// <param name="progress">Receives each stage and note.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="WorkflowOptionException">There are no labels, or an option needs a model.</exception>
    /// <exception cref="InvalidDataException">No row has a label, or the other scores have other rows or classes.</exception>
    public EvaluationOutcome Run(
        SavedScores scores, IProgress<WorkflowProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ScoreInput.CheckLabelled(scores);
        if (options.HasPrior)
        {
            throw new WorkflowOptionException(
                "A class prior needs a model or a calibrator, which knows the shares of the classes that its probabilities are for.",
                nameof(options.Prior));
        }

        if (options.AdaptiveStep is not null)
        {
            throw new WorkflowOptionException(
                "Adaptive sets need a model or a calibrator with prediction sets.", nameof(options.AdaptiveStep));
        }

        var stages = new StageReporter(progress);
        Probabilities probabilities = ScoreValues.Probabilities(scores, options.MaxThreads);
        return Noted(stages, Of(scores, probabilities, probabilities, stages, cancellationToken));
    }

    private EvaluationOutcome Of(
        SavedScores scores, Probabilities after, Probabilities before, StageReporter stages, CancellationToken cancellationToken)
    {
        if (scores.Parts is not null || scores.Times is not null)
        {
            throw new WorkflowOptionException(
                $"An evaluation fits nothing, so it does not split rows. Calibrate '{scores.Name}' with the split, or leave the other rows "
                + "out.", scores.Parts is not null ? nameof(ReadOptions.SplitColumn) : nameof(ReadOptions.SplitByTime));
        }

        Labels all = scores.Labels!;
        int[] rows = [.. Enumerable.Range(0, all.Count).Where(row => all[row] != Labels.Missing)];
        var notes = new List<string>(scores.Notes);
        if (rows.Length == 0)
            throw new InvalidDataException($"None of the {all.Count} rows has a label.");

        if (ScoreCalibration.OneClassNote(all) is { } only)
            notes.Add(only);

        if (rows.Length < all.Count)
        {
            notes.Add($"{all.Count - rows.Length} of {all.Count} rows have no label and are left out");
            after = after.Select(rows);
            before = before.Select(rows);
        }

        ScoreClusters? clusters = options.Sets?.Partition == ConformalPartition.Group ? null
            : ScoreClusters.Of(scores.Groups, scores.Weights, scores.Values, all);
        if (clusters is not null)
        {
            int[] once = clusters.Once(rows);
            int[] places = [.. once.Select(row => Array.BinarySearch(rows, row))];
            (after, before, rows) = (after.Select(places), before.Select(places), once);
            notes.Add(clusters.Note());
        }

        double[] weights = [.. rows.Select(row => clusters?.Weight(row) ?? scores.Weights?[row] ?? 1)];
        bool isWeighted = weights.Any(weight => weight != weights[0]);
        string?[]? groups = scores.Groups is null || clusters is not null ? null : [.. rows.Select(row => scores.Groups[row])];
        EvaluationOptions measuring = options.Evaluation with
        {
            Groups = groups is null ? null : RowGroups.Of(groups),
            Clusters = clusters?.Of(rows),
        };
        ClassifierEvaluation evaluation = stages.Run(WorkflowStage.Evaluating, _ => ClassifierEvaluation.Compute(
            after, before, all.Select(rows), null, isWeighted ? weights : null, measuring, cancellationToken));
        var parts = new EvaluationParts(options, stages, cancellationToken);
        EvaluationOutcome outcome = new()
        {
            Source = DataInput.FileName(scores.Name),
            Model = "scores",
            Fingerprint = scores.Fingerprint,
            Classes = scores.Classes,
            Evaluation = evaluation,
            Rows = rows,
            Sets = parts.Sets(evaluation, groups, notes),
            Policy = PolicyResult.Of(options.Policy, evaluation.Probabilities, evaluation.Labels, options.Seed),
            Outliers = options.OutlierScores is { } outliers ? parts.Outliers(scores, rows, outliers) : null,
            Comparison = options.OtherScores is { } other ? parts.Comparison(evaluation, scores, rows, other) : null,
            Against = options.OtherName,
        };
        return outcome with { Notes = notes };
    }

    /// <summary>A predictor; what the model does not have is a wrong option.</summary>
    private static Predictor Required(Func<Predictor> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException error)
        {
            throw new WorkflowOptionException(error.Message, nameof(EvaluationWorkflowOptions.Prior), error);
        }
    }

    private static EvaluationOutcome Noted(StageReporter stages, EvaluationOutcome outcome)
    {
        stages.Notes(outcome.Notes);
        return outcome;
    }
}
