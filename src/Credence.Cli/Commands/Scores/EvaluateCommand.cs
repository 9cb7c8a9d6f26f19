using System.CommandLine;
using Credence.Calibration;
using Credence.Cli.Commands.Train;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Evaluation;
using Credence.Evaluation.Metrics;
using Credence.Files.Records;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Persistence;
using Credence.Report;

namespace Credence.Cli.Commands.Scores;

/// <summary><c>credence evaluate MODEL|SCORES [DATA]</c>: every figure, with 95 % intervals, of a model on rows or of saved scores.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string> Subject = new("model|scores") { Description = "A model's file, or scores that some system saved (csv or npz)." };
    private static readonly Option<string?> Against = new("--against")
    {
        HelpName = "MODEL|SCORES",
        Description = "Compare with another model, or other scores, on the same rows.",
    };
    private static readonly Option<int> Splits = new("--splits")
    {
        HelpName = "N",
        Description = "Measure prediction sets over N random divisions of the rows into halves.",
    };

    private static readonly Option<string?> Strange = new("--strange")
    {
        HelpName = "FILE",
        Description = "Rows, or scores, of none of the classes: measure how well each score of the logits tells them, and the one of the features that a model learnt.",
    };

    private static readonly Option<double?> KnownAccuracy = new("--known-accuracy")
    {
        HelpName = "A",
        Description = "With --strange: the accuracy the other rows must keep, those turned away counted as wrong.",
    };

    private static readonly Option<double?> Adaptive = new("--adaptive")
    {
        HelpName = "STEP",
        Description = "Take the rows as they came, and move the model's sets' level by so much of each miss, such as 0.005: the share missed then nears its aim however rows change.",
    };

    private static readonly Option<bool> Unlabelled = new("--without-labels")
    {
        Description = "Estimate the accuracy on rows whose classes nobody knows, and tell how each thing stands that this rests on.",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Splits.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var splits and not (>= 1 and <= 10_000))
                result.AddError($"--splits is {splits}; it must be from 1 to 10000.");
        });
        var command = new Command("evaluate", "Every figure, with 95 % intervals, of a model on labelled rows or of saved scores.")
        {
            Subject, DataOptions.OptionalData, Splits, Against, Strange, KnownAccuracy, Adaptive, Unlabelled,
        };
        PolicyFlags.CheckRange(KnownAccuracy, value => value is >= 0 and <= 1, "from 0 to 1");
        PolicyFlags.CheckRange(Adaptive, value => value is > 0 and <= 1, "above 0 and at most 1");
        PolicyFlags.AddTo(command);
        ScoreOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            Run(new Invocation(parsed, cancellation));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void Run(Invocation invocation)
    {
        string subject = invocation.Get(Subject)!;
        string[] paths = invocation.Get(DataOptions.OptionalData) ?? [];
        string? report = invocation.Get(ScoreOptions.Report);
        if (report is not null)
            WholeFile.CheckWritable(report);

        if (invocation.Get(Unlabelled))
        {
            WithoutLabels.Run(invocation, subject, paths);
            return;
        }

        SavedModel? model = ModelFile.IsModel(subject) ? ModelFile.Open(subject) : null;
        if (model?.MultiLabel is { } several)
        {
            MultiLabelMeasuring.Run(invocation, several, paths, report);
            return;
        }

        ScoresOutcome outcome = model is not null
            ? OfModel(invocation, model, paths)
            : paths.Length == 0 ? OfScores(invocation, subject) : throw new UsageException($"'{subject}' is no model, so no rows can be scored with it. Give scores alone, or a model and data.");
        foreach (string note in outcome.Notes)
            invocation.Progress.Note($"  {note}");

        if (report is not null)
            invocation.Progress.Run("report", _ => ScoresReport.Write(outcome, "Evaluation", report));

        if (invocation.Json)
            invocation.Out.WriteLine(ScoresJson.Of(outcome).ToJsonString(JsonText.Options));
        else
            ScoresScreen.Show(outcome, $"Measured {NumberText.Count(outcome.Evaluation.Labels.Count, "row")} of {outcome.Classes.Count} classes.", report);
    }

    private static ScoresOutcome OfModel(Invocation invocation, SavedModel model, string[] paths)
    {
        if (paths.Length == 0)
            throw new UsageException(model.Classifier is null ? "Which scores? Give a file of them after the calibrator." : "Which rows? Give labelled data after the model.");

        return model.Classifier is { } classifier
            ? OfClassifier(invocation, classifier, paths)
            : paths.Length == 1 ? OfCalibrator(invocation, model.Calibrator!, paths[0]) : throw new UsageException("A calibrator takes one file of scores.");
    }

    private static ScoresOutcome OfClassifier(Invocation invocation, Classifier classifier, string[] paths)
    {
        using IRowSource source = DataSource.Open(invocation, paths, ScoreOptions.Reading(invocation), classifier.Pipeline.Inputs);
        LabelledRows.CheckSaysLabel(source);
        LabelledRows rows = invocation.Progress.Run("reading", tell => LabelledRows.Of(source.ReadAll(new FractionProgress(tell), invocation.Cancellation)));
        RowGroups? groups = rows.Groups is { } named ? RowGroups.Of(named) : null;
        ClassifierEvaluation evaluation = invocation.Progress.Run(
            "evaluating", _ => classifier.Evaluate(rows.Data, EvaluationOf(invocation) with { Groups = groups }, invocation.Cancellation));
        List<string> notes = [.. source.Notes, .. rows.Notes];
        PolicyOptions policy = PolicyFlags.Read(invocation);
        return new ScoresOutcome
        {
            Invocation = invocation,
            Source = Name(paths[0]),
            Model = "softmax",
            Fingerprint = source.Fingerprint,
            Classes = classifier.Classes,
            TrainRows = classifier.Facts.TrainRows,
            CalibrationRows = classifier.Facts.CalibrationRows,
            Evaluation = evaluation,
            Calibrator = classifier.Calibrator,
            Sets = AsksForSets(invocation)
                ? Sets(invocation, evaluation, rows.Groups, notes)
                : SetResult.Of(classifier.Sets, evaluation.Sets, evaluation.Labels.Count),
            Policy = policy.IsAsked
                ? PolicyResult.Of(policy, evaluation.Probabilities, evaluation.Labels, invocation.Seed)
                : PolicyResult.Of(classifier.Policy, evaluation.Probabilities, evaluation.Labels),
            Shift = classifier.Shift is { } shift ? (shift, shift.Estimate(evaluation.Probabilities)) : null,
            Adaptive = AdaptiveOf(invocation, classifier.Sets, evaluation),
            Strange = invocation.Get(Strange) is { } strange ? OutlierTo(invocation, classifier, rows.Data, evaluation.Labels, strange) : null,
            Notes = notes,
            Comparison = invocation.Get(Against) is { } other ? Comparing.WithModel(invocation, evaluation, rows.Data, other) : null,
            Against = invocation.Get(Against),
            Mistakes = ConfidentMistakes.Of(evaluation, row => rows.Rows[row], row => RowExcerpt.Of(rows.Data.Features, row)),
        };
    }

    private static ScoresOutcome OfCalibrator(Invocation invocation, ScoreCalibrator calibrator, string path)
    {
        SavedScores scores = CalibratedScores.Read(invocation, calibrator, path);
        if (scores.Labels is null)
            throw new UsageException($"'{path}' has no labels to measure against. Give a column 'label' (npz: 'labels'), or --labels FILE.");

        Probabilities before = AsProbabilities(invocation, scores);
        ScoresOutcome outcome = Of(invocation, scores, calibrator.Apply(scores.Values, invocation.Threads, scores.Groups), before);
        return outcome with
        {
            Policy = outcome.Policy ?? PolicyResult.Of(calibrator.Policy, outcome.Evaluation.Probabilities, outcome.Evaluation.Labels),
            Shift = calibrator.Shift is { } shift ? (shift, shift.Estimate(outcome.Evaluation.Probabilities)) : null,
            Adaptive = AdaptiveOf(invocation, calibrator.Sets, outcome.Evaluation),
            Calibrator = calibrator.Calibrator,
            CalibrationRows = calibrator.Facts.CalibrationRows,
        };
    }

    private static ScoresOutcome OfScores(Invocation invocation, string path)
    {
        if (invocation.Get(Adaptive) is not null)
            throw new UsageException("--adaptive needs a model, or a calibrator, whose sets it moves: make one with 'credence calibrate SCORES --out F.credence'.");

        SavedScores scores = ScoreOptions.ReadLabelled(invocation, path);
        Probabilities probabilities = AsProbabilities(invocation, scores);
        return Of(invocation, scores, probabilities, probabilities);
    }

    private static ScoresOutcome Of(Invocation invocation, SavedScores scores, Probabilities after, Probabilities before)
    {
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

        string?[]? groups = scores.Groups is null ? null : [.. rows.Select(row => scores.Groups[row])];
        ClassifierEvaluation evaluation = invocation.Progress.Run("evaluating", _ => ClassifierEvaluation.Compute(
            after, before, all.Select(rows), null, null,
            EvaluationOf(invocation) with { Groups = groups is null ? null : RowGroups.Of(groups) },
            invocation.Cancellation));
        return new ScoresOutcome
        {
            Invocation = invocation,
            Source = Name(scores.Name),
            Model = "scores",
            Fingerprint = scores.Fingerprint,
            Classes = scores.Classes,
            Evaluation = evaluation,
            Sets = Sets(invocation, evaluation, groups, notes),
            Policy = PolicyResult.Of(PolicyFlags.Read(invocation), evaluation.Probabilities, evaluation.Labels, invocation.Seed),
            Strange = invocation.Get(Strange) is { } strange ? OutlierTo(invocation, scores, rows, strange) : null,
            Notes = notes,
            Comparison = invocation.Get(Against) is { } other ? Comparing.WithScores(invocation, evaluation, scores, rows, other) : null,
            Against = invocation.Get(Against),
            Mistakes = ConfidentMistakes.Of(evaluation, row => rows[row], row => $"row {rows[row]}"),
        };
    }

    private static SetResult? Sets(Invocation invocation, ClassifierEvaluation evaluation, IReadOnlyList<string?>? groupNames, List<string> notes)
    {
        Labels? groups = groupNames is null ? null : Labels.From(CategoryColumn.FromNames("group", groupNames));
        ConformalOptions options = ScoreOptions.SetOptions(invocation);
        int splits = Math.Max(invocation.Get(Splits), 1), half = evaluation.Labels.Count / 2, needed = ConformalRank.RowsNeeded(options.Alpha);
        if (half < needed)
        {
            notes.Add($"no prediction sets: half of the {evaluation.Labels.Count} rows gives the quantile, and α = {options.Alpha} needs {needed}");
            return null;
        }

        ulong[] keys = [.. Enumerable.Range(0, evaluation.Labels.Count).Select(RowKey.Of)];
        ConformalSplits measured = invocation.Progress.Run("sets", _ => ConformalSplits.Run(
            evaluation.Probabilities, evaluation.Labels, options, splits, 0, invocation.Seed, invocation.Threads, groups, invocation.Cancellation));
        return SetResult.Of(measured, PredictionSetMetrics.Crossed(evaluation.Probabilities, evaluation.Labels, options, keys, options.Partition == ConformalPartition.Group ? groups : null));
    }

    private static AdaptiveResult? AdaptiveOf(Invocation invocation, ConformalClassifier? sets, ClassifierEvaluation evaluation)
    {
        if (invocation.Get(Adaptive) is not { } step)
            return null;

        return sets is null ? throw new UsageException("--adaptive: the model has no prediction sets; there were too few rows to calibrate them on.")
            : sets.Partition == ConformalPartition.Group ? throw new UsageException("--adaptive is for sets that are not by group.")
            : invocation.Progress.Run("adaptive sets", _ => AdaptiveResult.Of(sets, evaluation.Probabilities, evaluation.Labels, step));
    }

    private static OutlierResult OutlierTo(Invocation invocation, Classifier classifier, DataSet known, Labels labels, string path)
    {
        using IRowSource source = DataSource.Open(invocation, [path], DataOptions.Read(invocation), classifier.Pipeline.Inputs);
        Table strange = invocation.Progress.Run("reading", tell => source.ReadAll(new FractionProgress(tell), invocation.Cancellation)).Features;
        return invocation.Progress.Run("strange rows", _ =>
        {
            (Logits ofKnown, double[]? knownScores) = classifier.ScoreWithOutliers(known.Features, maxThreads: invocation.Threads, cancellationToken: invocation.Cancellation);
            (Logits ofOutliers, double[]? strangeScores) = classifier.ScoreWithOutliers(strange, maxThreads: invocation.Threads, cancellationToken: invocation.Cancellation);
            return OutlierResult.Of(ofKnown, labels, ofOutliers, areLogits: true, invocation.Get(KnownAccuracy), classifier.Outliers?.Scorer, knownScores, strangeScores);
        });
    }

    private static OutlierResult OutlierTo(Invocation invocation, SavedScores scores, int[] rows, string path)
    {
        SavedScores strange = ScoreOptions.Read(invocation, path, scores.Kind);
        ScoreOptions.Check(invocation, strange);
        strange = CalibratedScores.InOrder(strange, scores.Classes, path);
        return invocation.Progress.Run("strange rows", _ => OutlierResult.Of(
            AsLogits(scores).Select(rows), scores.Labels!.Select(rows), AsLogits(strange), scores.RequiredKind() == ScoreKind.Logits, invocation.Get(KnownAccuracy)));
    }

    private static Logits AsLogits(SavedScores scores) => scores.RequiredKind() == ScoreKind.Logits
        ? scores.ToLogits()
        : Logits.FromProbabilities(scores.ToProbabilities(), ScoreCalibration.DefaultFloor);

    internal static Probabilities AsProbabilities(Invocation invocation, SavedScores scores) => scores.RequiredKind() == ScoreKind.Probabilities
        ? scores.ToProbabilities()
        : new IdentityCalibrator(scores.Classes.Count).Apply(scores.ToLogits(), invocation.Threads);

    internal static EvaluationOptions EvaluationOf(Invocation invocation) => new() { Seed = invocation.Seed, MaxThreads = invocation.Threads };

    private static bool AsksForSets(Invocation invocation) =>
        invocation.Get(ScoreOptions.Sets) is not null || invocation.Get(Splits) > 0 || invocation.Get(ScoreOptions.SetBy) is not null;

    private static string Name(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
