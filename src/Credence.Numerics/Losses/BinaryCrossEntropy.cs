namespace Credence.Numerics;

/// <summary>
/// The cross-entropy of independent binary targets, −t·ln σ(x) − (1 − t)·ln(1 − σ(x)) with σ the logistic function, without overflow, and
/// its gradient σ(x) − t.
/// </summary>
/// <remarks>A target of weight 0 is ignored, whatever its logit is.</remarks>
public static unsafe class BinaryCrossEntropy
{
    /// <summary>The weighted sum of the losses, in nats. Divide by the sum of weights for the mean.</summary>
    /// <param name="logits">x, any numbers.</param>
    /// <param name="targets">t, from 0 for no to 1 for yes; as long as <paramref name="logits"/>.</param>
    /// <param name="weights">One weight each, or empty where all are 1.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">Lengths don't match.</exception>
    public static double TotalLoss(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights = default, int maxThreads = 1)
    {
        Check(logits.Length, targets.Length, weights.Length);
        fixed (float* x = logits, t = targets, w = weights)
            return BinaryLosses.Run(x, t, w, logits.Length, null, Chunks.Threads(maxThreads));
    }

    /// <summary>The weighted sum of the losses and the gradient with respect to the logits.</summary>
    /// <param name="logits">x, any numbers.</param>
    /// <param name="targets">t, from 0 for no to 1 for yes; as long as <paramref name="logits"/>.</param>
    /// <param name="weights">One weight each, or empty where all are 1.</param>
    /// <param name="gradient">At least as long as <paramref name="logits"/>; may be the same memory.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">Lengths don't match, or spans overlap at an offset.</exception>
    public static double LossAndGradient(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradient, int maxThreads = 1)
    {
        Check(logits.Length, targets.Length, weights.Length);
        Shape.AtLeast(gradient.Length, logits.Length, nameof(gradient));
        Shape.SameOrApart(logits, gradient[..logits.Length], nameof(gradient));
        Shape.Apart(targets, gradient, nameof(gradient));
        Shape.Apart(weights, gradient, nameof(gradient));
        fixed (float* x = logits, t = targets, w = weights, g = gradient)
            return BinaryLosses.Run(x, t, w, logits.Length, g, Chunks.Threads(maxThreads));
    }

    /// <summary>The weighted sum of the losses, in nats. Divide by the sum of weights for the mean.</summary>
    /// <param name="logits">x, any numbers.</param>
    /// <param name="targets">t, from 0 for no to 1 for yes; as long as <paramref name="logits"/>.</param>
    /// <param name="weights">One weight each, or empty where all are 1.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">Lengths don't match.</exception>
    public static double TotalLoss(
        ReadOnlySpan<double> logits, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights = default, int maxThreads = 1)
    {
        Check(logits.Length, targets.Length, weights.Length);
        fixed (double* x = logits, t = targets, w = weights)
            return BinaryLosses.Run(x, t, w, logits.Length, null, Chunks.Threads(maxThreads));
    }

    /// <summary>The weighted sum of the losses and the gradient with respect to the logits.</summary>
    /// <param name="logits">x, any numbers.</param>
    /// <param name="targets">t, from 0 for no to 1 for yes; as long as <paramref name="logits"/>.</param>
    /// <param name="weights">One weight each, or empty where all are 1.</param>
    /// <param name="gradient">At least as long as <paramref name="logits"/>; may be the same memory.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">Lengths don't match, or spans overlap at an offset.</exception>
    public static double LossAndGradient(
        ReadOnlySpan<double> logits, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1)
    {
        Check(logits.Length, targets.Length, weights.Length);
        Shape.AtLeast(gradient.Length, logits.Length, nameof(gradient));
        Shape.SameOrApart(logits, gradient[..logits.Length], nameof(gradient));
        Shape.Apart(targets, gradient, nameof(gradient));
        Shape.Apart(weights, gradient, nameof(gradient));
        fixed (double* x = logits, t = targets, w = weights, g = gradient)
            return BinaryLosses.Run(x, t, w, logits.Length, g, Chunks.Threads(maxThreads));
    }

    private static void Check(int logits, int targets, int weights)
    {
        Shape.Exactly(targets, logits, nameof(targets));
        if (weights != 0)
            Shape.Exactly(weights, logits, nameof(weights));
    }
}
