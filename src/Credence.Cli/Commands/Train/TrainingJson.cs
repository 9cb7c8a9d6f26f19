using System.Text.Json.Nodes;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Data;
using Credence.Data.Splits;
using Credence.Linear;
using Credence.Linear.Path;
using Credence.LogitModels;
using Credence.Models;
using Credence.Optimization;
using Credence.Persistence;
using Credence.Workflows.Training;

namespace Credence.Cli.Commands.Train;

/// <summary>The document that <c>train --json</c> prints.</summary>
internal static class TrainingJson
{
    /// <summary>The document.</summary>
    public static JsonObject Of(TrainingOutcome outcome, TrainingRequest request)
    {
        Classifier classifier = outcome.Classifier;
        Invocation invocation = request.Invocation;
        return new JsonObject
        {
            ["task"] = "classification",
            ["model"] = classifier.Model.Kind,
            ["classes"] = classifier.Classes.ToJson(),
            ["rows"] = new JsonObject
            {
                ["train"] = classifier.Facts.TrainRows,
                ["calibration"] = classifier.Facts.CalibrationRows,
                ["test"] = classifier.Facts.TestRows,
                ["duplicates"] = outcome.Data.Duplicates,
            },
            ["columns"] = ReadingTable.Json(outcome.Data.Layout, classifier.Pipeline.Inputs),
            ["repeats"] = Repeats(outcome.Data.Repeats),
            ["folds"] = outcome.Folds == 0 ? null : outcome.Folds,
            ["test"] = MetricsJson.Of(outcome.Evaluation.Calibrated),
            ["uncalibrated"] = MetricsJson.Of(outcome.Evaluation.Uncalibrated),
            ["unseen_labels"] = MetricsJson.Of(outcome.Evaluation.Unseen),
            ["calibration"] = CalibrationJson.Of(classifier.Calibrator, outcome.Fit.Calibration),
            ["conformal"] = outcome.Sets is { } sets ? SetOutput.ToJson(sets) : null,
            ["policy"] = outcome.Policy is { } policy ? PolicyJson.Of(policy) : null,
            ["candidates"] = new JsonArray([.. outcome.Fit.Candidates.Select(candidate => new JsonObject
            {
                ["name"] = candidate.Name,
                ["log_loss"] = JsonNumber.Of(candidate.LogLoss),
                ["standard_error"] = JsonNumber.Of(candidate.StandardError),
                ["seconds"] = Math.Round(candidate.Seconds, 3),
            })]),
            ["certificate"] = Certificate(classifier.Model.Certificate),
            ["path"] = outcome.Fit.Path is { } path ? Path(path.Lambda, classifier.Facts.L1Ratio, classifier.Model, path.Curve) : null,
            ["streamed_passes"] = outcome.Passes.Count == 0 ? null : new JsonArray([.. outcome.Passes.Select(pass => new JsonObject
            {
                ["loss"] = JsonNumber.Of(pass.Loss),
                ["held_out_log_loss"] = JsonNumber.Of(pass.HeldOutLogLoss),
            })]),
            ["notes"] = OptionNames.InCommand(outcome.Notes).ToJson(),
            ["seconds"] = SecondsJson.Of(invocation.Progress.Seconds),
            ["seed"] = invocation.Seed,
            ["out"] = request.Out,
        };
    }

    /// <summary>What rows that repeat an earlier one are taken for; null where there are none.</summary>
    public static JsonObject? Repeats(RowRepeats? repeats) => repeats is not { Repeated: > 0 } ? null : new()
    {
        ["are"] = repeats.Are == RepeatedRows.Copies ? "copies" : "population",
        ["distinct"] = repeats.Distinct,
        ["reason"] = repeats.Reason,
    };

    /// <summary>The penalties that were tried, and the chosen one.</summary>
    public static JsonObject Path(double lambda, double l1Ratio, ILogitModel model, IReadOnlyList<PathPoint> curve) => new()
    {
        ["l2"] = lambda,
        ["l1_ratio"] = l1Ratio,
        ["nonzero_weights"] = model is ILinearModel linear ? Nonzero(linear) : null,
        ["curve"] = new JsonArray([.. curve.Select(point => new JsonObject
        {
            ["l2"] = point.Lambda,
            ["held_out_log_loss"] = JsonNumber.Of(point.HeldOutLogLoss),
            ["standard_error"] = JsonNumber.Of(point.StandardError),
        })]),
    };

    /// <summary>The number of nonzero weights.</summary>
    public static int Nonzero(ILinearModel model)
    {
        int count = 0;
        foreach (float weight in model.Weights)
            count += weight != 0 ? 1 : 0;

        return count;
    }

    /// <summary>The optimality certificate.</summary>
    public static JsonObject? Certificate(Certificate? certificate) => certificate is null ? null : new()
    {
        ["objective"] = JsonNumber.Of(certificate.Objective),
        ["gap"] = certificate.DualityGap is { } gap ? JsonNumber.Of(gap) : null,
        ["gradient_norm"] = JsonNumber.Of(certificate.GradientNorm),
        ["passes"] = certificate.Passes,
        ["iterations"] = certificate.Iterations,
        ["solver"] = certificate.Solver,
        ["stopped"] = certificate.StopReason.ToString(),
    };
}
