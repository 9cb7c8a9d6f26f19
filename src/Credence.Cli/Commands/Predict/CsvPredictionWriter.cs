using System.Globalization;
using Credence.Data;
using Credence.Models;
using Credence.Workflows.Predictions;

namespace Credence.Cli.Commands.Predict;

/// <summary>Predictions as csv: row, the file where each is one, the columns carried through, label, probability,
/// further classes with theirs, the set's classes separated by '|', the action and
/// its cost, the outlier p-value, abstain;
/// where a row may have several labels, the predicted labels and their probabilities, also separated by '|', in place of the set.</summary>
internal sealed class CsvPredictionWriter(TextWriter to) : IPredictionWriter
{
    private readonly Dictionary<string, string> quoted = new(StringComparer.Ordinal);
    private readonly char[] number = new char[32];
    private bool begun;

    /// <inheritdoc/>
    public void Write(PredictedRows rows)
    {
        if (rows.Predictions.Count == 0)
            return;

        if (!begun)
            Head(rows.Predictions[0], rows.Files is not null, rows.Kept);

        for (int i = 0; i < rows.Predictions.Count; i++)
            Row(rows, i);
    }

    /// <inheritdoc/>
    public void Dispose() => to.Flush();

    private void Head(Prediction first, bool hasFiles, IReadOnlyList<KeptColumn> kept)
    {
        begun = true;
        to.Write(hasFiles ? "row,file" : "row");
        foreach (KeptColumn column in kept)
            to.Write($",{Quoted(KeptNames.Of(column))}");

        to.Write(",label,probability");
        for (int k = 2; k <= first.Top.Count; k++)
            to.Write($",label_{k},probability_{k}");

        to.Write(first.Labels is null ? "" : ",labels,probabilities");
        to.Write(first.Set is null ? "" : ",set");
        to.Write(first.Action is null ? "" : ",action,expected_cost");
        to.Write(first.OutlierPValue is null ? ",abstain\n" : ",outlier_p,outlier,abstain\n");
    }

    private void Row(PredictedRows rows, int i)
    {
        Prediction prediction = rows.Predictions[i];
        (rows.FirstRow + i).TryFormat(number, out int length, default, CultureInfo.InvariantCulture);
        to.Write(number.AsSpan(0, length));
        if (rows.Files is { } files)
            to.Write($",{Quoted(files[i])}");

        foreach (KeptColumn column in rows.Kept)
        {
            to.Write(',');
            to.Write(Quoted(column.Cells[i]));
        }

        foreach (LabelProbability one in prediction.Top)
        {
            to.Write(',');
            to.Write(Quoted(one.Label));
            Number(one.Probability);
        }

        if (prediction.Set is { } set)
        {
            to.Write(',');
            to.Write(set.Count == 1 ? Quoted(set[0]) : Quoted(string.Join('|', set)));
        }

        if (prediction.Labels is { } labels)
        {
            to.Write($",{Quoted(string.Join('|', labels.Select(one => one.Label)))},");
            to.Write(string.Join('|', labels.Select(one => one.Probability.ToString("G9", CultureInfo.InvariantCulture))));
        }

        if (prediction.Action is { } action)
        {
            to.Write(',');
            to.Write(Quoted(action));
            Number(prediction.ExpectedCost!.Value);
        }

        if (prediction.OutlierPValue is { } p)
        {
            Number(p);
            to.Write(prediction.IsOutlier!.Value ? ",true" : ",false");
        }

        to.Write(prediction.Abstain ? ",true\n" : ",false\n");
    }

    private void Number(double value)
    {
        to.Write(',');
        value.TryFormat(number, out int length, "G9", CultureInfo.InvariantCulture);
        to.Write(number.AsSpan(0, length));
    }

    private string Quoted(string text)
    {
        if (quoted.TryGetValue(text, out string? known))
            return known;

        string cell = text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
        if (quoted.Count < 10_000)
            quoted.Add(text, cell);

        return cell;
    }
}
