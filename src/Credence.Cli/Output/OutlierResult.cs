using System.Text.Json.Nodes;
using Credence.Cli.Options;
using Credence.Data;
using Credence.Data.Scores;
using Credence.OutOfDistribution;
using Credence.Report;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace Credence.Cli.Output;

/// <summary>How well each score of the logits, and the model's own of the features, tells strange rows from known ones, and what that costs among the known.</summary>
internal sealed record OutlierResult
{
    private static readonly double[] FalseAlarms = [0.01, 0.02, 0.05, 0.1];

    private readonly List<(string Score, OutlierDetection Detection, OutlierTradeoff Tradeoff)> scores = [];
    private double? leastAccuracy;

    /// <summary>The rows of the known classes.</summary>
    public int KnownRows { get; private init; }

    /// <summary>The strange rows.</summary>
    public int OutlierRows { get; private init; }

    /// <summary>Measures every score.</summary>
    /// <param name="known">[n, K], of rows of the known classes.</param>
    /// <param name="labels">Their classes, none missing.</param>
    /// <param name="strange">[m, K], of strange rows.</param>
    /// <param name="areLogits">Whether they are logits, or logarithms of probabilities.</param>
    /// <param name="leastAccuracy">The accuracy that the known rows must keep, or null.</param>
    /// <param name="own">The model's own scorer, which takes part where it is one of features.</param>
    /// <param name="ownOfKnown">Its scores of the known rows.</param>
    /// <param name="ownOfOutliers">Its scores of the strange ones.</param>
    public static OutlierResult Of(
        Logits known, Labels labels, Logits strange, bool areLogits, double? leastAccuracy, IOutlierScorer? own = null, double[]? ownOfKnown = null, double[]? ownOfOutliers = null)
    {
        var result = new OutlierResult { KnownRows = known.Rows, OutlierRows = strange.Rows, leastAccuracy = leastAccuracy };
        bool[] isRight = [.. Enumerable.Range(0, known.Rows).Select(row => IsTop(known.Row(row), labels[row]))];
        foreach (LogitScore score in Enum.GetValues<LogitScore>().Where(score => areLogits || !OutlierScoreNames.NeedsLogits(score)))
        {
            double[] ofKnown = KnownScores(score, known), ofOutliers = OutlierDetector.ScoreRows(LogitScorer.Fit(known, new() { Score = score }), strange.Values);
            Add(OutlierScoreNames.NameOf(score), ofKnown, ofOutliers);
        }

        if (own is not null && own.Input != OutlierInput.Logits)
            Add(OutlierScoreNames.NameOf(own), ownOfKnown!, ownOfOutliers!);

        return result;

        void Add(string name, double[] ofKnown, double[] ofOutliers) =>
            result.scores.Add((name, OutlierDetection.Compute(ofKnown, ofOutliers), OutlierTradeoff.Compute(ofKnown, isRight, ofOutliers)));
    }

    /// <summary>As JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["known_rows"] = KnownRows,
        ["strange_rows"] = OutlierRows,
        ["scores"] = new JsonArray([.. scores.Select(one => new JsonObject
        {
            ["score"] = one.Score,
            ["auroc"] = one.Detection.Auroc,
            ["fpr_at_ood_tpr95"] = one.Detection.FprAtOodTpr95,
            ["fpr_at_id_tpr95"] = one.Detection.FprAtIdTpr95,
            ["at_false_alarms"] = new JsonArray([.. FalseAlarms.Select(rate => Point(one.Tradeoff.AtFalseAlarms(rate)))]),
            ["at_known_accuracy"] = leastAccuracy is { } least && one.Tradeoff.AtKnownAccuracy(least) is { } point ? Point(point) : null,
        })]),
    };

    /// <summary>Shows it.</summary>
    public void Show(IAnsiConsole screen)
    {
        screen.WriteLine($"{NumberText.Count(OutlierRows, "strange row")} beside {NumberText.Count(KnownRows, "known row")}: the share of strange rows caught where so many known ones are turned away too"
            + (leastAccuracy is { } aim ? $", and where the known keep an accuracy of {NumberText.Percent(aim)}." : "."));
        string[] fixedAt = leastAccuracy is null ? [] : [">accuracy kept"];
        Table table = Screen.Table(["score", ">AUROC", .. FalseAlarms.Select(rate => $">{NumberText.Percent(rate)}"), .. fixedAt]);
        foreach ((string score, OutlierDetection detection, OutlierTradeoff tradeoff) in scores)
        {
            string[] last = leastAccuracy is { } least ? [tradeoff.AtKnownAccuracy(least) is { } point ? NumberText.Percent(point.Recall) : "none"] : [];
            table.AddPlain([
                score, NumberText.Figure(detection.Auroc),
                .. FalseAlarms.Select(rate => NumberText.Percent(tradeoff.AtFalseAlarms(rate).Recall)), .. last,
            ]);
        }

        screen.Write(table);
    }

    /// <summary>The scores of the known rows. What a score learns of rows it must not learn of those it is measured on: each half by the other.</summary>
    private static double[] KnownScores(LogitScore score, Logits known)
    {
        var scores = new double[known.Rows];
        for (int half = 0; half < 2; half++)
        {
            int[] own = [.. Enumerable.Range(0, known.Rows).Where(row => row % 2 == half)], other = [.. Enumerable.Range(0, known.Rows).Where(row => row % 2 != half)];
            double[] part = OutlierDetector.ScoreRows(LogitScorer.Fit(known.Select(other.Length > 0 ? other : own), new() { Score = score }), known.Select(own).Values);
            for (int i = 0; i < own.Length; i++)
                scores[own[i]] = part[i];
        }

        return scores;
    }

    private static bool IsTop(ReadOnlySpan<double> row, int label)
    {
        for (int k = 0; k < row.Length; k++)
        {
            if (row[k] > row[label] || (row[k] == row[label] && k < label))
                return false;
        }

        return true;
    }

    private static JsonObject Point(OutlierOperatingPoint point) => new()
    {
        ["threshold"] = JsonNumber.Of(point.Threshold),
        ["false_alarms"] = point.FalseAlarmRate,
        ["known_accuracy"] = point.KnownAccuracy,
        ["recall"] = point.Recall,
    };
}
