using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Workflows.Scores;

/// <summary>Prediction sets whose level adapts after each true class (adaptive conformal inference), and sets at a fixed level, on rows
/// in the order
/// they came.</summary>
public sealed record AdaptiveResult
{
    /// <summary>The rows.</summary>
    public required int Rows { get; init; }

    /// <summary>γ, the step of the level per row.</summary>
    public required double Step { get; init; }

    /// <summary>The target coverage, 1 − α.</summary>
    public required double Aim { get; init; }

    /// <summary>The share of sets that contain the true class.</summary>
    public required double Coverage { get; init; }

    /// <summary>The mean number of classes in a set.</summary>
    public required double MeanSize { get; init; }

    /// <summary>α after the last row.</summary>
    public required double LastAlpha { get; init; }

    /// <summary>The bound on the deviation of the coverage from its target, whatever the rows.</summary>
    public required double Bound { get; init; }

    /// <summary>The coverage at the fixed level.</summary>
    public required double FixedCoverage { get; init; }

    /// <summary>The mean number of classes at the fixed level.</summary>
    public required double FixedMeanSize { get; init; }

    /// <summary>Runs through the rows.</summary>
    /// <param name="sets">The model's sets, not by group.</param>
    /// <param name="probabilities">[n, K], calibrated.</param>
    /// <param name="labels">Their classes, none missing.</param>
    /// <param name="step">γ, above 0 and at most 1.</param>
    public static AdaptiveResult Compute(ConformalClassifier sets, Probabilities probabilities, Labels labels, double step)
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
            Rows = labels.Count,
            Step = step,
            Aim = 1 - sets.Alpha,
            Coverage = 1 - (adaptive.Missed / n),
            MeanSize = size / n,
            LastAlpha = adaptive.Alpha,
            Bound = adaptive.Bound,
            FixedCoverage = still / n,
            FixedMeanSize = stillSize / n,
        };
    }
}
