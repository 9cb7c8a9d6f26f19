using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Calibration.Selection;

/// <summary>What a method loses on each row by fits that did not see it: its log loss, its Brier score and whether its first answer is
/// wrong.</summary>
internal sealed class HeldOutLosses(int rows)
{
    /// <summary>−ln of the probability of the true class.</summary>
    public double[] LogLoss { get; } = new double[rows];

    /// <summary>Σ (p − [true])².</summary>
    public double[] Brier { get; } = new double[rows];

    /// <summary>1 where the most probable class is not the true one, expected over the order of equal ones.</summary>
    public double[] Wrong { get; } = new double[rows];

    /// <summary>The losses of which only the log loss is known.</summary>
    public static HeldOutLosses OfLogLoss(double[] losses) => new(losses);

    /// <summary>−ln of the probability of the true class of each row.</summary>
    public static double[] LogLosses(Probabilities probabilities, Labels labels)
    {
        var losses = new double[labels.Count];
        for (int row = 0; row < losses.Length; row++)
            losses[row] = -Log.Compute(probabilities.Row(row)[labels[row]]);

        return losses;
    }

    private HeldOutLosses(double[] losses)
        : this(0) => LogLoss = losses;

    /// <summary>Whether the Brier score and the first answer are known too.</summary>
    public bool IsWhole => Brier.Length == LogLoss.Length;
}
