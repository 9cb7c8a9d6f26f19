using System.CommandLine;
using System.Text.Json.Nodes;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Report.Formatting;
using Credence.Shift;
using Credence.Workflows.Scores;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace Credence.Cli.Commands.Scores;

/// <summary><c>evaluate MODEL DATA --without-labels</c>: the accuracy on unlabelled rows, estimated from the model's own probabilities, and
/// a check of
/// each assumption.</summary>
internal static class UnlabelledOutput
{
    /// <summary>Estimates the accuracy and writes it.</summary>
    /// <exception cref="UsageException">There is no model, or it does not store its class priors.</exception>
    public static void Run(Invocation invocation, string path, string[] paths)
    {
        if (!ModelFile.IsModel(path) || paths.Length == 0)
            throw new UsageException("--without-labels needs a model, or a calibrator, and rows.");

        ISavedModel model = ModelFile.Open(path);
        IdleOptions.RefuseAllBut(
            invocation,
            "with --without-labels",
            [
                EvaluateCommand.Unlabelled,
                .. DataOptions.All.Except([.. DataOptions.OfLabels, .. DataOptions.OfKinds, DataOptions.TextColumn]),
                .. model is ScoreCalibrator ofScores
                    ? ofScores.GroupColumn is null ? [ScoreOptions.InputKind, ScoreOptions.Normalize, ScoreOptions.Array]
                        : [ScoreOptions.InputKind, ScoreOptions.Normalize, ScoreOptions.Array, DataOptions.Group]
                    : (Option[])[],
            ]);
        var workflow = new UnlabelledWorkflow(invocation.Threads);
        UnlabelledOutcome outcome = model switch
        {
            Classifier classifier => workflow.Run(
                classifier, DataSource.Of(paths, DataOptions.Read(invocation)), invocation.Progress, invocation.Cancellation),
            ScoreCalibrator calibrator => workflow.Run(calibrator, Scores(invocation, calibrator, paths), invocation.Progress),
            _ => throw new UsageException("--without-labels is for models of one label per row."),
        };
        if (invocation.Json)
            invocation.Out.WriteLine(Json(invocation, outcome.Estimate, outcome.Source).ToJsonString(JsonText.Options));
        else
            Show(Screen.Create(invocation.Out, invocation.OutIsTerminal), outcome.Estimate);
    }

    private static SavedScores Scores(Invocation invocation, ScoreCalibrator calibrator, string[] paths) => paths.Length == 1
        ? ScoreOptions.ReadFor(calibrator, invocation, paths[0])
        : throw new UsageException("A calibrator takes one file of scores.");

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

    private static void Show(Display screen, AccuracyEstimate estimate)
    {
        screen.WriteLine($"Estimated accuracy on {NumberText.Count(estimate.Rows, "row")} without labels: "
            + $"{NumberText.Percent(estimate.Accuracy)} "
            + $"({NumberText.Percent(estimate.Interval.Low)} to {NumberText.Percent(estimate.Interval.High)}), if these assumptions hold:");
        Table table = Screen.Table("", "", "");
        table.HideHeaders();
        foreach (EstimateAssumption assumption in estimate.Assumptions)
            table.AddPlain(assumption.Holds switch { true => "✓", false => "!", _ => "?" }, assumption.Name, assumption.Text);

        screen.Write(table);
    }
}
