using Credence.Cli.Output;
using Credence.Files.Inputs;
using Credence.Models;
using Credence.Report.Formatting;
using Credence.Workflows.Predictions;
using Spectre.Console;

namespace Credence.Cli.Commands.Predict;

/// <summary>Predictions as a table for a person. A limited number of rows is shown; the rest is counted.</summary>
internal sealed class TablePredictionWriter(Display screen) : IPredictionWriter
{
    private const int MaxRows = 200;
    private readonly List<(long Row, string? File, string[] Kept, Prediction Prediction)> shown = [];
    private string[] keptNames = [];
    private long count;

    /// <inheritdoc/>
    public void Write(PredictedRows rows)
    {
        keptNames = [.. rows.Kept.Select(column => ShownText.Of(column.Name))];
        for (int i = 0; i < rows.Predictions.Count && shown.Count < MaxRows; i++)
        {
            string[] kept = [.. rows.Kept.Select(column => ShownText.Of(column.Cells[i]))];
            shown.Add((rows.FirstRow + i, rows.Files?[i], kept, rows.Predictions[i]));
        }

        count += rows.Predictions.Count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (shown.Count == 0)
            return;

        bool several = shown[0].Prediction.Labels is not null, sets = shown[0].Prediction.Set
            is not null, abstains = shown.Any(row => row.Prediction.Abstain), more = shown[0].Prediction.Top.Count > 1;
        bool lacks = shown.Any(row => row.Prediction.MissingCells > 0);
        bool acts = shown[0].Prediction.Action is not null, tells = shown[0].Prediction.OutlierPValue is not null;
        string[] head = [">row", .. shown[0].File is null ? Array.Empty<string>() : ["file"],
            .. keptNames, .. several ? ["labels"] : Array.Empty<string>(), several ? "most probable"
            : "label", ">probability", .. more ? ["then"] : Array.Empty<string>(), .. sets ? ["set"] : Array.Empty<string>(),
            .. acts ? ["action", ">cost"] : Array.Empty<string>(), .. tells ? [">outlier?"] : Array.Empty<string>(),
                .. lacks ? [">missing"] : Array.Empty<string>(), .. abstains ? ["act?"]
                : Array.Empty<string>()];
        Table table = Screen.Table(head);
        foreach ((long row, string? file, string[] kept, Prediction prediction) in shown)
        {
            table.AddPlain([
                NumberText.Count(row),
                .. file is null ? Array.Empty<string>() : [file],
                .. kept,
                .. several ? [string.Join(", ", prediction.Labels!.Select(one => $"{one.Label} {NumberText.Percent(one.Probability)}"))]
                    : Array.Empty<string>(),
                prediction.Label,
                NumberText.Percent(prediction.Probability),
                .. more ? [string.Join(", ", prediction.Top.Skip(1).Select(one => $"{one.Label} {NumberText.Percent(one.Probability)}"))]
                    : Array.Empty<string>(),
                .. sets ? [Set(prediction.Set!)] : Array.Empty<string>(),
                .. acts ? [prediction.Action!, NumberText.Figure(prediction.ExpectedCost!.Value)] : Array.Empty<string>(),
                .. tells ? [prediction.IsOutlier!.Value ? $"yes, p = {prediction.OutlierPValue:0.####}" : ""] : Array.Empty<string>(),
                .. lacks ? [prediction.MissingCells > 0 ? NumberText.Count(prediction.MissingCells) : ""] : Array.Empty<string>(),
                .. abstains ? [prediction.Abstain ? "abstain" : ""] : Array.Empty<string>(),
            ]);
        }

        screen.Write(table);
        if (count > shown.Count)
            screen.WriteLine($"{NumberText.Count(count - shown.Count)} more rows; --out FILE writes all of them.");
    }

    private static string Set(IReadOnlyList<string> set) => set.Count switch
    {
        0 => "(empty)",
        <= 8 => string.Join(", ", set),
        _ => $"{string.Join(", ", set.Take(7))} and {set.Count - 7} more",
    };
}
