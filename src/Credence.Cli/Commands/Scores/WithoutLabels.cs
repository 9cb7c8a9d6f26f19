using System.Text.Json.Nodes;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Data.Scores;
using Credence.Files.Records;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Report;
using Credence.Shift;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace Credence.Cli.Commands.Scores;

/// <summary><c>evaluate MODEL DATA --without-labels</c>: the accuracy that the model's own probabilities promise on rows whose classes nobody knows, and how
/// each thing stands that this rests on.</summary>
internal static class WithoutLabels
{
    /// <summary>Estimates and tells.</summary>
    /// <exception cref="UsageException">There is no model, or it holds no shares of its classes.</exception>
    public static void Run(Invocation invocation, string path, string[] paths)
    {
        if (!ModelFile.IsModel(path) || paths.Length == 0)
            throw new UsageException("--without-labels needs a model, or a calibrator, and rows.");

        SavedModel model = ModelFile.Open(path);
        if (model.Classifier is null && model.Calibrator is null)
            throw new UsageException("--without-labels is for models of one label a row.");

        LabelShift source = (model.Classifier is null ? model.Calibrator!.Shift : model.Classifier.Shift)
            ?? throw new UsageException("The model does not hold its classes' shares. Train or calibrate anew.");
        (Probabilities probabilities, double[]? outlierScores) = model.Classifier is { } classifier
            ? OfRows(invocation, classifier, paths)
            : (OfScores(invocation, model.Calibrator!, paths), null);
        AccuracyEstimate estimate = AccuracyEstimate.Compute(probabilities, source, model.Classifier?.Outliers, outlierScores);
        if (invocation.Json)
            invocation.Out.WriteLine(Json(invocation, estimate, source).ToJsonString(JsonText.Options));
        else
            Show(Screen.Create(invocation.Out, invocation.OutIsTerminal), estimate);
    }

    private static (Probabilities, double[]?) OfRows(Invocation invocation, Classifier classifier, string[] paths)
    {
        using IRowSource rows = DataSource.Open(invocation, paths, DataOptions.Read(invocation), classifier.Pipeline.Inputs);
        Credence.Data.Table features = invocation.Progress.Run("reading", tell => rows.ReadAll(new FractionProgress(tell), invocation.Cancellation)).Features;
        (Logits logits, double[]? outlierScores) = classifier.ScoreWithOutliers(features, maxThreads: invocation.Threads, cancellationToken: invocation.Cancellation);
        return (classifier.Calibrator.Apply(logits, invocation.Threads), outlierScores);
    }

    private static Probabilities OfScores(Invocation invocation, ScoreCalibrator calibrator, string[] paths)
    {
        if (paths.Length != 1)
            throw new UsageException("A calibrator takes one file of scores.");

        SavedScores scores = CalibratedScores.Read(invocation, calibrator, paths[0]);
        return calibrator.Apply(scores.Values, invocation.Threads, scores.Groups);
    }

    private static JsonObject Json(Invocation invocation, AccuracyEstimate estimate, LabelShift source) => new()
    {
        ["task"] = "classification",
        ["rows"] = new JsonObject { ["test"] = estimate.Rows },
        ["estimated"] = new JsonObject
        {
            ["accuracy"] = estimate.Accuracy,
            ["interval"] = new JsonArray(estimate.Interval.Low, estimate.Interval.High),
            ["assumptions"] = new JsonArray([.. estimate.Assumptions.Select(assumption => new JsonObject
            {
                ["name"] = assumption.Name,
                ["holds"] = assumption.Holds,
                ["text"] = assumption.Text,
            })]),
        },
        ["shift"] = ShiftJson.Of(source, estimate.Shift),
        ["seconds"] = SecondsJson.Of(invocation.Progress.Seconds),
        ["seed"] = invocation.Seed,
    };

    private static void Show(IAnsiConsole screen, AccuracyEstimate estimate)
    {
        screen.WriteLine($"Estimated accuracy on {NumberText.Count(estimate.Rows, "row")} without labels: {NumberText.Percent(estimate.Accuracy)} "
            + $"({NumberText.Percent(estimate.Interval.Low)} to {NumberText.Percent(estimate.Interval.High)}), as far as this holds:");
        Table table = Screen.Table("", "", "");
        table.HideHeaders();
        foreach (EstimateAssumption assumption in estimate.Assumptions)
            table.AddPlain(assumption.Holds switch { true => "✓", false => "!", _ => "?" }, assumption.Name, assumption.Text);

        screen.Write(table);
    }
}
