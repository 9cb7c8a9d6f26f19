using System.Text.Json.Nodes;
using Credence.Calibration.Selection;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Models;
using Credence.Persistence;
using Credence.Workflows.Training;

namespace Credence.Cli.Commands.Train;

/// <summary>The JSON documents of <c>train</c> and <c>evaluate</c> for rows with several labels.</summary>
internal static class MultiLabelJson
{
    /// <summary>The document of a training.</summary>
    public static JsonObject Of(MultiLabelTrainingOutcome outcome, TrainingRequest request)
    {
        MultiLabelClassifier classifier = outcome.Classifier;
        JsonObject json = Of(
            classifier, outcome.Evaluation, outcome.Fit.Calibration, outcome.Data.Duplicates, outcome.Notes, request.Invocation);
        json["columns"] = ReadingTable.Json(outcome.Data.Layout, classifier.Pipeline.Inputs);
        json["repeats"] = TrainingJson.Repeats(outcome.Data.Repeats);
        json["folds"] = outcome.Folds == 0 ? null : outcome.Folds;
        json["path"] = TrainingJson.Path(outcome.Fit.Path.Lambda, classifier.Facts.L1Ratio, classifier.Model, outcome.Fit.Path.Curve);
        json["out"] = request.Out;
        return json;
    }

    /// <summary>The document of an evaluation.</summary>
    public static JsonObject Of(
        MultiLabelClassifier classifier, MultiLabelEvaluation evaluation, CalibratorSelection? choice, int duplicates,
            IReadOnlyList<string> notes, Invocation invocation) => new()
            {
                ["task"] = "multi-label classification",
                ["model"] = classifier.Model.Kind,
                ["classes"] = classifier.Classes.ToJson(),
                ["rows"] = new JsonObject
                {
                    ["train"] = classifier.Facts.TrainRows,
                    ["calibration"] = classifier.Facts.CalibrationRows,
                    ["test"] = evaluation.Truth.Count,
                    ["duplicates"] = duplicates,
                },
                ["test"] = MetricsJson.Of(evaluation.Calibrated),
                ["uncalibrated"] = MetricsJson.Of(evaluation.Uncalibrated),
                ["calibration"] = CalibrationJson.Of(classifier.Calibrator, choice),
                ["thresholds"] = Thresholds(classifier),
                ["conformal"] = null,
                ["certificate"] = TrainingJson.Certificate(classifier.Model.Certificate),
                ["notes"] = OptionNames.InCommand(notes).ToJson(),
                ["seconds"] = SecondsJson.Of(invocation.Progress.Seconds),
                ["seed"] = invocation.Seed,
            };

    /// <summary>The threshold of each class by its name.</summary>
    public static JsonObject Thresholds(MultiLabelClassifier classifier)
    {
        var thresholds = new JsonObject();
        for (int k = 0; k < classifier.Classes.Count; k++)
            thresholds[classifier.Classes[k]] = classifier.Thresholds[k];

        return thresholds;
    }
}
