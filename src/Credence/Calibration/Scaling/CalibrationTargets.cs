using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Calibration.Scaling;

/// <summary>The targets of a fit: weights that sum to 1, rows of an impossible class left out, and classes without rows.</summary>
internal sealed class CalibrationTargets
{
    /// <summary>Prepares the targets.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights, or none.</param>
    /// <param name="allPossible">Whether the fit's input is bounded, so that no class has probability 0 in it.</param>
    public CalibrationTargets(Logits logits, Labels labels, ReadOnlySpan<double> weights, bool allPossible = false)
    {
        Classes = logits.Classes;
        Indices = labels.Indices.ToArray();
        Weights = new double[labels.Count];
        var mass = new double[Classes];
        double total = 0;
        for (int row = 0; row < Weights.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            if (weight == 0 || (!allPossible && double.IsNegativeInfinity(logits.Row(row)[Indices[row]])))
                continue;

            Weights[row] = weight;
            total += weight;
            mass[Indices[row]] += weight;
            Rows++;
        }

        for (int row = 0; row < Weights.Length && total > 0; row++)
            Weights[row] /= total;

        Missing = [.. Enumerable.Range(0, Classes).Where(k => mass[k] == 0)];
        MissingShare = Rows == 0 ? 0 : 0.5 * Missing.Length / (Rows + (0.5 * Missing.Length));
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The number of rows used.</summary>
    public int Rows { get; }

    /// <summary>One class per row.</summary>
    public int[] Indices { get; }

    /// <summary>One weight per row; they sum to 1.</summary>
    public double[] Weights { get; }

    /// <summary>The classes without a row.</summary>
    public int[] Missing { get; }

    /// <summary>The share of every row's target given to the missing classes, half a row to each (R. Krichevsky, V. Trofimov, 1981):
    /// without it their bias would diverge to −∞.</summary>
    public double MissingShare { get; }

    /// <summary>The mean log loss below which a set counts as separable, 1/(n + 2) above that of the targets themselves, since the share of
    /// missing
    /// classes can't be predicted.</summary>
    public double LeastLoss
    {
        get
        {
            double entropy = Missing.Length == 0 || Rows == 0
                ? 0
                : -((1 - MissingShare) * Log.Compute(1 - MissingShare)) - (MissingShare * Log.Compute(MissingShare / Missing.Length));
            return entropy + (1.0 / (Rows + 2));
        }
    }

    /// <summary>Normal priors with standard deviation 1, on the biases and on each scale around 1, added to the mean loss.</summary>
    public ScalingPenalty Prior => new(0.5 / Rows, 0.5 / Rows, 0.5 / Rows);

    /// <summary>The effective number of rows of these, (Σw)²/Σw² (L. Kish, Survey Sampling, 1965); without weights their number.</summary>
    public static double EffectiveRows(int rows, ReadOnlySpan<double> weights) =>
        Math.Max(1, weights.IsEmpty ? rows : RowWeights.EffectiveSize(weights));
}
