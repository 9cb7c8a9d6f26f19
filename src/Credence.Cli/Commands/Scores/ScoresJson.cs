using System.Text.Json.Nodes;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Persistence;
using Credence.Workflows.Scores;

namespace Credence.Cli.Commands.Scores;

/// <summary>The document that <c>evaluate --json</c>, <c>calibrate --json</c> and <c>doctor --json</c> print.</summary>
internal static class ScoresJson
{
    /// <summary>The document.</summary>
    public static JsonObject Of(EvaluationOutcome outcome, Invocation invocation, string? written = null) => new()
    {
        ["task"] = "classification",
        ["model"] = outcome.Model,
        ["classes"] = outcome.Classes.ToJson(),
        ["rows"] = new JsonObject
        {
            ["train"] = outcome.TrainRows,
            ["calibration"] = outcome.CalibrationRows,
            ["test"] = outcome.Evaluation.Labels.Count,
        },
        ["test"] = MetricsJson.Of(outcome.Evaluation.Calibrated),
        ["uncalibrated"] = MetricsJson.Of(outcome.Evaluation.Uncalibrated),
        ["unseen_labels"] = MetricsJson.Of(outcome.Evaluation.Unseen),
        ["calibration"] = outcome.Calibrator is { } calibrator
            ? CalibrationJson.Of(calibrator, outcome.Selection, outcome.Floor)
            : new JsonObject { ["method"] = "none", ["parameters"] = new JsonObject(), ["candidates"] = new JsonArray() },
        ["conformal"] = outcome.Sets is { } sets ? SetOutput.ToJson(sets) : null,
        ["adaptive"] = outcome.Adaptive is { } adaptive ? AdaptiveOutput.ToJson(adaptive) : null,
        ["policy"] = outcome.Policy is { } policy ? PolicyJson.Of(policy) : null,
        ["shift"] = outcome.Shift is { } shift ? ShiftJson.Of(shift.Source, shift.Estimate) : null,
        ["out_of_distribution"] = outcome.Outliers is { } outliers ? OutlierOutput.ToJson(outliers) : null,
        ["certificate"] = null,
        ["comparison"] = outcome.Comparison is { } comparison ? ComparisonJson.Of(comparison, outcome.Against!) : null,
        ["notes"] = OptionNames.InCommand(outcome.Notes).ToJson(),
        ["seconds"] = SecondsJson.Of(invocation.Progress.Seconds),
        ["seed"] = invocation.Seed,
        ["out"] = written,
    };
}
