using System.Text.Json.Nodes;
using Credence.OutOfDistribution;
using Credence.Report.Formatting;
using Credence.Workflows.Scores;
using Spectre.Console;

namespace Credence.Cli.Output;

/// <summary>The detection of out-of-distribution rows, as JSON and on the screen.</summary>
internal static class OutlierOutput
{
    private static readonly double[] FalseAlarms = [0.01, 0.02, 0.05, 0.1];

    /// <summary>As JSON.</summary>
    public static JsonObject ToJson(OutlierResult result) => new()
    {
        ["known_rows"] = result.KnownRows,
        ["strange_rows"] = result.OutlierRows,
        ["scores"] = new JsonArray([.. result.Scores.Select(one => new JsonObject
        {
            ["score"] = one.Score,
            ["auroc"] = one.Detection.Auroc,
            ["fpr_at_ood_tpr95"] = one.Detection.FprAtOodTpr95,
            ["fpr_at_id_tpr95"] = one.Detection.FprAtIdTpr95,
            ["at_false_alarms"] = new JsonArray([.. FalseAlarms.Select(rate => Point(one.Tradeoff.AtFalseAlarms(rate)))]),
            ["at_known_accuracy"] = one.AtKnownAccuracy is { } point ? Point(point) : null,
        })]),
    };

    /// <summary>Shows it.</summary>
    public static void Show(OutlierResult result, Display screen)
    {
        screen.WriteLine($"{NumberText.Count(result.OutlierRows, "out-of-distribution row")} and "
            + $"{NumberText.Count(result.KnownRows, "in-distribution row")}: the detection rate at each false-alarm rate"
            + (result.LeastAccuracy is { } aim ? $", and where the accuracy on in-distribution rows stays at {NumberText.Percent(aim)}."
                : "."));
        string[] fixedAt = result.LeastAccuracy is null ? [] : [">accuracy kept"];
        Table table = Screen.Table(["score", ">AUROC", .. FalseAlarms.Select(rate => $">{NumberText.Percent(rate)}"), .. fixedAt]);
        foreach (OutlierScoreResult one in result.Scores)
        {
            string caught = one.AtKnownAccuracy is { } point ? NumberText.Percent(point.Recall) : "none";
            string[] last = result.LeastAccuracy is null ? [] : [caught];
            table.AddPlain([
                one.Score,
                NumberText.Figure(one.Detection.Auroc),
                .. FalseAlarms.Select(rate => NumberText.Percent(one.Tradeoff.AtFalseAlarms(rate).Recall)),
                .. last,
            ]);
        }

        screen.Write(table);
    }

    private static JsonObject Point(OutlierOperatingPoint point) => new()
    {
        ["threshold"] = JsonNumber.Of(point.Threshold),
        ["false_alarms"] = point.FalseAlarmRate,
        ["known_accuracy"] = point.KnownAccuracy,
        ["recall"] = point.Recall,
    };
}
