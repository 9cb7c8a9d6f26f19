using System.Text.Json.Nodes;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Report;

namespace Credence.Cli.Output;

/// <summary>How a model's sets fare on rows in the order they came, when the level moves after each true class, beside the level held still.</summary>
internal sealed record AdaptiveResult
{
    private double aim, step, lastAlpha, bound, coverage, meanSize, fixedCoverage, fixedMeanSize;
    private int rows;

    /// <summary>Runs through the rows.</summary>
    /// <param name="sets">The model's sets, not by group.</param>
    /// <param name="probabilities">[n, K], calibrated.</param>
    /// <param name="labels">Their classes, none missing.</param>
    /// <param name="step">γ.</param>
    public static AdaptiveResult Of(ConformalClassifier sets, Probabilities probabilities, Labels labels, double step)
    {
        var adaptive = new AdaptiveConformal(sets, step);
        double size = 0, still = 0, stillSize = 0;
        for (int row = 0; row < labels.Count; row++)
        {
            ulong key = RowKey.Of(row);
            IReadOnlyList<int> moving = adaptive.Set(probabilities.Row(row), key), fixedSet = sets.Set(probabilities.Row(row), key);
            adaptive.Tell(moving.Contains(labels[row]));
            size += moving.Count;
            still += fixedSet.Contains(labels[row]) ? 1 : 0;
            stillSize += fixedSet.Count;
        }

        double n = labels.Count;
        return new AdaptiveResult
        {
            aim = 1 - sets.Alpha,
            step = step,
            rows = labels.Count,
            lastAlpha = adaptive.Alpha,
            bound = adaptive.Bound,
            coverage = 1 - (adaptive.Missed / n),
            meanSize = size / n,
            fixedCoverage = still / n,
            fixedMeanSize = stillSize / n,
        };
    }

    /// <summary>As JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["step"] = step,
        ["rows"] = rows,
        ["aim"] = aim,
        ["coverage"] = coverage,
        ["mean_size"] = meanSize,
        ["last_alpha"] = lastAlpha,
        ["bound"] = bound,
        ["fixed"] = new JsonObject { ["coverage"] = fixedCoverage, ["mean_size"] = fixedMeanSize },
    };

    /// <summary>In a sentence.</summary>
    public string Sentence() =>
        $"Adaptive sets over {NumberText.Count(rows, "row")} in order: {NumberText.Percent(coverage)} held the true class (aim {NumberText.Percent(aim)}; with the level held still "
        + $"{NumberText.Percent(fixedCoverage)}), {NumberText.Short(Math.Round(meanSize, 2))} classes on average ({NumberText.Short(Math.Round(fixedMeanSize, 2))}); "
        + $"the level ended at α = {NumberText.Figure(lastAlpha)}.";
}
