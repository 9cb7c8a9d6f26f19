using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Persistence;

namespace Credence.Conformal;

/// <summary>Calibration rows with all their probabilities, from which the scores follow anew where the probabilities are
/// reweighted.</summary>
/// <param name="probabilities">[m, K].</param>
/// <param name="labels">The true class of each.</param>
/// <param name="groups">The group of each; null without groups.</param>
internal sealed class KeptRows(Probabilities probabilities, Labels labels, Labels? groups)
{
    private const int MostValues = 1 << 17, FewestRows = 200, MostClasses = 1 << 13;

    /// <summary>Of all rows with a label as many as are worth their room, evenly spread, so that they are exchangeable if the rows
    /// are; null where there are too many classes or no row.</summary>
    public static KeptRows? From(Probabilities probabilities, Labels labels, Labels? groups)
    {
        int[] known = [.. Enumerable.Range(0, labels.Count).Where(row => labels[row] >= 0 && (groups is null || groups[row] >= 0))];
        int classes = probabilities.Classes, rows = Math.Min(known.Length, Math.Max(FewestRows, MostValues / classes));
        if (rows == 0 || classes > MostClasses)
            return null;

        int[] kept = [.. Enumerable.Range(0, rows).Select(i => known[(int)((long)i * known.Length / rows)])];
        return new KeptRows(probabilities.Select(kept), labels.Select(kept), groups?.Select(kept));
    }

    /// <summary>The scores under probabilities p_k·w_k, scaled to sum to one.</summary>
    public CalibrationScores Reweighted(ConformalOptions options, ReadOnlySpan<double> weights)
    {
        double[] values = probabilities.Values.ToArray();
        int classes = probabilities.Classes;
        for (int first = 0; first < values.Length; first += classes)
        {
            double sum = 0;
            for (int k = 0; k < classes; k++)
                sum += values[first + k] * weights[k];

            // A row whose every possible class has weight 0 keeps its probabilities; its own weight is 0.
            for (int k = 0; k < classes && sum > 0; k++)
                values[first + k] *= weights[k] / sum;
        }

        return CalibrationScores.From(new Probabilities(values, classes), labels, options, default, groups);
    }

    /// <summary>Writes the rows beside the scores.</summary>
    public void Save(JsonObject saved, NamedTensors tensors, string prefix)
    {
        saved["kept_rows"] = labels.Count;
        tensors.Add<double>(prefix + "kept.probabilities", probabilities.Values.ToArray(), labels.Count, probabilities.Classes);
        tensors.Add<int>(prefix + "kept.labels", labels.Indices.ToArray());
        if (groups is not null)
            tensors.Add<int>(prefix + "kept.groups", groups.Indices.ToArray());
    }

    /// <summary>Reads what <see cref="Save"/> wrote; null where an older version wrote the file.</summary>
    /// <exception cref="InvalidDataException">A number is out of range.</exception>
    public static KeptRows? Load(
        JsonObject saved, NamedTensors tensors, string prefix, IReadOnlyList<string> classes, IReadOnlyList<string> groups)
    {
        if (saved["kept_rows"] is null)
            return null;

        int rows = saved.Integer("kept_rows");
        try
        {
            var probabilities = new Probabilities(
                tensors.Get<double>(prefix + "kept.probabilities", (long)rows * classes.Count), classes.Count);
            ScoreCheck.Rows(probabilities, "kept.probabilities");
            return new KeptRows(
                probabilities,
                Known(tensors.Get<int>(prefix + "kept.labels", rows), classes),
                groups.Count == 0 ? null : Known(tensors.Get<int>(prefix + "kept.groups", rows), groups));
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The kept calibration rows are out of range: {error.Message}", error);
        }
    }

    private static Labels Known(int[] indices, IReadOnlyList<string> names) =>
        indices.AsSpan().ContainsAnyExceptInRange(0, names.Count - 1)
            ? throw new InvalidDataException("A label or group of the kept calibration rows is out of range.")
            : new Labels(indices, names);
}
