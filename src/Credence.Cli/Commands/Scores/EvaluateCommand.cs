using System.CommandLine;
using Credence.Calibration;
using Credence.Cli.Commands.Train;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Data;
using Credence.Decisions;
using Credence.Evaluation;
using Credence.Files;
using Credence.Models;
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
            Subject, DataOptions.OptionalData, Splits, Against,
        };
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
        using IRowSource source = DataSource.Open(invocation, paths, DataOptions.Read(invocation), classifier.Pipeline.Inputs);
        LabelledRows.CheckSaysLabel(source);
        LabelledRows rows = invocation.Progress.Run("reading", tell => LabelledRows.Of(source.ReadAll(new FractionProgress(tell), invocation.Cancellation)));
        RowGroups? groups = rows.Groups is { } named ? RowGroups.Of(named) : null;
        ClassifierEvaluation evaluation = invocation.Progress.Run(
            "evaluating", _ => classifier.Evaluate(rows.Data, EvaluationOf(invocation) with { Groups = groups }, invocation.Cancellation));
        List<string> notes = [.. source.Notes, .. rows.Notes];
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
                ? Sets(invocation, evaluation, notes)
                : SetResult.Of(classifier.Sets, evaluation.Sets, evaluation.Labels.Count),
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

        double[] values = scores.Values;
        Probabilities before = AsProbabilities(invocation, scores);
        return Of(invocation, scores, calibrator.Apply(values, invocation.Threads), before) with
        {
            Calibrator = calibrator.Calibrator,
            CalibrationRows = calibrator.Facts.CalibrationRows,
        };
    }

    private static ScoresOutcome OfScores(Invocation invocation, string path)
    {
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

        if (rows.Length < all.Count)
        {
            notes.Add($"{all.Count - rows.Length} of {all.Count} rows have no label and are left out");
            after = after.Select(rows);
            before = before.Select(rows);
        }

        ClassifierEvaluation evaluation = invocation.Progress.Run("evaluating", _ => ClassifierEvaluation.Of(
            after, before, all.Select(rows), null, null,
            EvaluationOf(invocation) with { Groups = scores.Groups is null ? null : RowGroups.Of([.. rows.Select(row => scores.Groups[row])]) },
            invocation.Cancellation));
        return new ScoresOutcome
        {
            Invocation = invocation,
            Source = Name(scores.Name),
            Model = "scores",
            Fingerprint = scores.Fingerprint,
            Classes = scores.Classes,
            Evaluation = evaluation,
            Sets = Sets(invocation, evaluation, notes),
            Notes = notes,
            Comparison = invocation.Get(Against) is { } other ? Comparing.WithScores(invocation, evaluation, scores, rows, other) : null,
            Against = invocation.Get(Against),
            Mistakes = ConfidentMistakes.Of(evaluation, row => rows[row], row => $"row {rows[row]}"),
        };
    }

    private static SetResult? Sets(Invocation invocation, ClassifierEvaluation evaluation, List<string> notes)
    {
        ConformalOptions options = ScoreOptions.SetOptions(invocation);
        int splits = Math.Max(invocation.Get(Splits), 1), half = evaluation.Labels.Count / 2, needed = ConformalRank.RowsNeeded(options.Alpha);
        if (half < needed)
        {
            notes.Add($"no prediction sets: half of the {evaluation.Labels.Count} rows gives the quantile, and α = {options.Alpha} needs {needed}");
            return null;
        }

        ulong[] keys = [.. Enumerable.Range(0, evaluation.Labels.Count).Select(RowKey.Of)];
        ConformalSplits measured = invocation.Progress.Run("sets", _ => ConformalSplits.Run(
            evaluation.Probabilities, evaluation.Labels, options, splits, 0, invocation.Seed, invocation.Threads, invocation.Cancellation));
        return SetResult.Of(measured, SetFigures.Crossed(evaluation.Probabilities, evaluation.Labels, options, keys));
    }

    internal static Probabilities AsProbabilities(Invocation invocation, SavedScores scores) => scores.RequiredKind() == ScoreKind.Probabilities
        ? scores.ToProbabilities()
        : new IdentityCalibrator(scores.Classes.Count).Apply(scores.ToLogits(), invocation.Threads);

    internal static EvaluationOptions EvaluationOf(Invocation invocation) => new() { Seed = invocation.Seed, MaxThreads = invocation.Threads };

    private static bool AsksForSets(Invocation invocation) =>
        invocation.Get(ScoreOptions.Sets) is not null || invocation.Get(Splits) > 0 || invocation.Get(ScoreOptions.ByClass);

    private static string Name(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
