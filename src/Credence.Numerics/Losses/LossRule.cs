using System.Numerics;

namespace Credence.Numerics;

/// <summary>The target of a row's loss: a label, possibly smoothed or with the focal loss, or a distribution.</summary>
/// <param name="labels">The true classes, or null with targets.</param>
/// <param name="targets">[rows, classes], the true distributions, or null with labels.</param>
/// <param name="smoothing">The share of a label spread evenly over all classes.</param>
/// <param name="focus">γ of the focal loss.</param>
internal readonly unsafe struct LossRule<T>(int* labels, T* targets, double smoothing, double focus)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The true classes, or null.</summary>
    public int* Labels => labels;

    /// <summary>The true distributions, or null.</summary>
    public T* Targets => targets;

    /// <summary>Whether a row's loss is only −ln p of its label.</summary>
    public bool IsPlain => targets == null && smoothing == 0 && focus == 0;

    /// <summary>The number subtracted from a row's weighted probabilities at its label.</summary>
    public double AtLabel => targets == null ? 1 - smoothing : 0;

    /// <summary>The number subtracted from a row's weighted probabilities at every class.</summary>
    public double Everywhere(int classes) => smoothing / classes;

    /// <summary>Σ t_j·x_j of what is not the label's, and Σ t_j of all: what a loss needs of the logits, which the gradient may
    /// overwrite.</summary>
    public (double Logits, double Mass) Moments(T* x, int row, int classes)
    {
        double logits = 0, mass = 0;
        if (targets != null)
        {
            T* t = targets + ((long)row * classes);
            for (int j = 0; j < classes; j++)
            {
                mass += double.CreateTruncating(t[j]);
                logits += t[j] == T.Zero ? 0 : double.CreateTruncating(t[j]) * double.CreateTruncating(x[j]);
            }

            return (logits, mass);
        }

        if (smoothing > 0)
        {
            for (int j = 0; j < classes; j++)
                logits += double.CreateTruncating(x[j]);
        }

        return (logits * Everywhere(classes), 1);
    }

    /// <summary>A row's loss, and the slope: the factor of (probabilities − target) in the gradient.</summary>
    /// <param name="surprise">−ln p of the label; not used with targets.</param>
    /// <param name="log">ln Σ e^x.</param>
    /// <param name="moments">The row's <see cref="Moments"/>.</param>
    public (double Loss, double Slope) Of(double surprise, double log, (double Logits, double Mass) moments)
    {
        if (targets != null)
            return ((moments.Mass * log) - moments.Logits, 1);
        if (focus == 0)
            return (smoothing == 0 ? surprise : ((1 - smoothing) * surprise) + (smoothing * log) - moments.Logits, 1);

        // (1 − p)^γ·(−ln p), and its derivative with respect to a logit over (p_j − 1 at the label).
        double p = Exp.Compute(-surprise), rest = 1 - p;
        if (rest == 0)
            return (0, 0);
        double power = Exp.Compute(focus * Log.Compute(rest));
        return (power * surprise, power + (focus * p * (power / rest) * surprise));
    }
}
