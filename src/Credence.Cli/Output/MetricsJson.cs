using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Evaluation;
using Credence.Evaluation.Results;

namespace Credence.Cli.Output;

/// <summary>An evaluation in the form of the JSON contract: each metric by its name, the intervals, the values for a calibrated model, the
/// verdicts, and the metrics by class and by group.</summary>
internal static class MetricsJson
{
    /// <summary>The metrics.</summary>
    public static JsonObject Of(ModelEvaluation evaluation)
    {
        var json = new JsonObject { ["rows"] = evaluation.Rows };
        JsonObject intervals = [], calibrated = [], verdicts = [], pValues = [], definitions = [];
        foreach (MetricResult figure in evaluation.Figures)
        {
            json[figure.Name] = JsonNumber.Of(figure.Value);
            intervals[figure.Name] = Of(figure.Interval);
            definitions[figure.Name] = figure.Definition;
            if (Of(figure.Null) is { } none)
                calibrated[figure.Name] = none;

            if (figure.Verdict is { } verdict)
                verdicts[figure.Name] = verdict.ToString();

            if (double.IsFinite(figure.PValue))
                pValues[figure.Name] = figure.PValue;
        }

        json["intervals"] = intervals;
        json["calibrated_null"] = calibrated;
        json["p_values"] = pValues;
        json["verdicts"] = verdicts;
        json["calibration_test"] = evaluation.CalibrationTest is { } test ? Of(test) : null;
        json["definitions"] = definitions;
        json["best_temperature"] = evaluation.Temperature is { } fit
            ? new JsonObject
            {
                ["temperature"] = JsonNumber.Of(fit.Temperature),
                ["log_loss"] = JsonNumber.Of(fit.LogLoss),
                ["brier"] = JsonNumber.Of(fit.Brier),
                ["ece"] = JsonNumber.Of(fit.Ece),
            }
            : null;
        json["by_class"] = new JsonArray([.. evaluation.ClassResults.Select(Of)]);
        if (evaluation.Groups.Count > 0)
            json["by_group"] = new JsonArray([.. evaluation.Groups.Select(Of)]);

        return json;
    }

    /// <summary>Rows of labels that training never saw; null where there were none.</summary>
    public static JsonObject? Of(UnseenLabels? unseen)
    {
        if (unseen is null)
            return null;

        var labels = new JsonObject();
        foreach ((string label, int rows) in unseen.Counts)
            labels[label] = rows;

        return new JsonObject { ["rows"] = unseen.Rows, ["labels"] = labels };
    }

    /// <summary>An interval as a pair.</summary>
    public static JsonArray Of(Interval interval) => new(JsonNumber.Of(interval.Low), JsonNumber.Of(interval.High));

    private static JsonObject Of(CalibrationTest test)
    {
        JsonObject alone = [];
        foreach ((string name, double p) in test.Parts)
            alone[name] = p;

        return new JsonObject
        {
            ["p"] = test.PValue,
            ["level"] = CalibrationTest.Level,
            ["miscalibrated"] = test.IsMiscalibrated,
            ["tests"] = alone,
            ["verdict"] = test.ToString(),
        };
    }

    private static JsonObject? Of(CalibratedNull? none) => none is { } point
        ? new JsonObject
        {
            ["mean"] = JsonNumber.Of(point.Mean),
            ["p95"] = JsonNumber.Of(point.P95),
            ["low"] = JsonNumber.Of(point.Low),
            ["high"] = JsonNumber.Of(point.High),
        }
        : null;

    private static JsonObject Of(ClassResult result) => new()
    {
        ["class"] = result.Name,
        ["support"] = result.Support,
        ["precision"] = JsonNumber.Of(result.Precision),
        ["recall"] = JsonNumber.Of(result.Recall),
        ["f1"] = JsonNumber.Of(result.F1),
        ["auroc"] = JsonNumber.Of(result.Auroc),
        ["average_precision"] = JsonNumber.Of(result.AveragePrecision),
        ["mean_probability"] = JsonNumber.Of(result.MeanProbability),
        ["share"] = JsonNumber.Of(result.Share),
        ["ece"] = JsonNumber.Of(result.Ece),
        ["ece_calibrated_null"] = Of(result.EceCalibrated),
        ["intervals"] = new JsonObject
        {
            ["recall"] = Of(result.RecallInterval),
            ["auroc"] = Of(result.AurocInterval),
            ["average_precision"] = Of(result.AveragePrecisionInterval),
        },
        ["p"] = JsonNumber.Of(result.PValue),
        ["p_holm"] = JsonNumber.Of(result.AdjustedPValue),
        ["verdict"] = result.Verdict?.ToString(),
    };

    private static JsonObject Of(GroupResult result) => new()
    {
        ["group"] = result.Name,
        ["rows"] = result.Rows,
        ["accuracy"] = JsonNumber.Of(result.Accuracy),
        ["mean_confidence"] = JsonNumber.Of(result.MeanConfidence),
        ["log_loss"] = JsonNumber.Of(result.LogLoss),
        ["ece"] = JsonNumber.Of(result.Ece),
        ["ece_calibrated_null"] = Of(result.EceCalibrated),
        ["intervals"] = new JsonObject { ["accuracy"] = Of(result.AccuracyInterval), ["log_loss"] = Of(result.LogLossInterval) },
        ["p"] = JsonNumber.Of(result.PValue),
        ["p_holm"] = JsonNumber.Of(result.AdjustedPValue),
        ["verdict"] = result.Verdict?.ToString(),
    };
}
