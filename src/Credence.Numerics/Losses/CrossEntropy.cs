using System.Numerics;

namespace Credence.Numerics;

/// <summary>The cross-entropy of the softmax and the true labels or distributions: Σ_i w_i·(ln Σ_k e^(z_ik) − Σ_k t_ik·z_ik), in nats, with
/// its gradient w_i·(softmax(z_i) − t_i).</summary>
/// <remarks>
/// The truth t_i is a label, a smoothed label (C. Szegedy et al., Rethinking the Inception Architecture, 2016) or a distribution; the focal
/// loss (T.-Y. Lin et al., Focal Loss for Dense Object Detection, 2017) weights each label's loss by (1 − p)^γ. A row of weight 0 is
/// ignored, whatever it contains, and so is a row whose label is −1, for none: its gradient is 0. Losses are sums:
/// divide by the sum of weights for the mean. In every method a gradient may be the same memory as the logits.
/// </remarks>
public static unsafe class CrossEntropy
{
    private const int NoLabel = -1;

    /// <summary>The weighted sum over rows of −ln softmax(row)[label]. Divide by the sum of weights for the mean.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="labels">The true class of each row, or −1 for none.</param>
    /// <param name="weights">One weight per row, or empty where all are 1.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <returns>+∞ where a label's logit is −∞; NaN where a row with a weight has no softmax.</returns>
    /// <exception cref="ArgumentException">Lengths don't match, or a label is no class and not −1.</exception>
    public static double TotalLoss(
        ReadOnlySpan<float> logits, int classes, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights = default, int maxThreads = 1) =>
        OfLabels(logits, classes, labels, 0, 0, weights, [], false, maxThreads);

    /// <summary>
    /// The loss as <see cref="TotalLoss(ReadOnlySpan{float}, int, ReadOnlySpan{int}, ReadOnlySpan{float}, int)"/> gives it, and its
    /// gradient with respect to the logits: w_i·(softmax(row) − onehot(label)).
    /// </summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="labels">The true class of each row, or −1 for none.</param>
    /// <param name="weights">One weight per row, or empty where all are 1.</param>
    /// <param name="gradient">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <returns>The weighted sum of the rows' losses.</returns>
    /// <exception cref="ArgumentException">Lengths don't match, a label is no class and not −1, or spans overlap at an offset.</exception>
    public static double LossAndGradientRows(
        ReadOnlySpan<float> logits, int classes, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights, Span<float> gradient,
            int maxThreads = 1) =>
        OfLabels(logits, classes, labels, 0, 0, weights, gradient, true, maxThreads);

    /// <summary>
    /// The loss with smoothed labels, t = (1 − ε)·onehot(label) + ε / classes, and its gradient.
    /// </summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="labels">The true class of each row, or −1 for none.</param>
    /// <param name="smoothing">ε, from 0 to 1.</param>
    /// <param name="weights">One weight per row, or empty where all are 1.</param>
    /// <param name="gradient">[rows, classes], which may be the same memory as <paramref name="logits"/>; or empty if not needed.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <returns>The weighted sum of the rows' losses.</returns>
    /// <exception cref="ArgumentException">Lengths don't match, a label is no class and not −1, or spans overlap at an offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is not from 0 to 1.</exception>
    public static double SmoothedLossAndGradientRows(
        ReadOnlySpan<float> logits, int classes, ReadOnlySpan<int> labels, double smoothing, ReadOnlySpan<float> weights,
            Span<float> gradient, int maxThreads = 1)
    {
        if (!(smoothing >= 0 && smoothing <= 1))
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "The smoothing must be from 0 to 1.");
        return OfLabels(logits, classes, labels, smoothing, 0, weights, gradient, !gradient.IsEmpty, maxThreads);
    }

    /// <summary>The focal loss, −(1 − p)^γ·ln p of each row's label, and its gradient.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="labels">The true class of each row, or −1 for none.</param>
    /// <param name="focus">γ, not negative; with 0 it is the cross-entropy.</param>
    /// <param name="weights">One weight per row, or empty where all are 1.</param>
    /// <param name="gradient">[rows, classes], which may be the same memory as <paramref name="logits"/>; or empty if not needed.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <returns>The weighted sum of the rows' losses.</returns>
    /// <exception cref="ArgumentException">Lengths don't match, a label is no class and not −1, or spans overlap at an offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="focus"/> is negative or not finite.</exception>
    public static double FocalLossAndGradientRows(
        ReadOnlySpan<float> logits, int classes, ReadOnlySpan<int> labels, double focus, ReadOnlySpan<float> weights, Span<float> gradient,
            int maxThreads = 1)
    {
        if (!(focus >= 0) || double.IsInfinity(focus))
            throw new ArgumentOutOfRangeException(nameof(focus), focus, "The focus must be finite and not negative.");
        return OfLabels(logits, classes, labels, 0, focus, weights, gradient, !gradient.IsEmpty, maxThreads);
    }

    /// <summary>The loss against distributions, and its gradient w_i·(Σ_k t_ik·softmax(z_i) − t_i).</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="targets">[rows, classes]: what the probabilities should be.</param>
    /// <param name="weights">One weight per row, or empty where all are 1.</param>
    /// <param name="gradient">[rows, classes], which may be the same memory as <paramref name="logits"/>; or empty if not needed.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <returns>The weighted sum of the rows' losses; a target of 0 counts for nothing, even at a logit of −∞.</returns>
    /// <exception cref="ArgumentException">Lengths don't match, or spans overlap at an offset.</exception>
    public static double DistributionLossAndGradientRows(
        ReadOnlySpan<float> logits, int classes, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradient,
            int maxThreads = 1)
    {
        int rows = Rows(logits, classes, weights, gradient, !gradient.IsEmpty);
        Shape.Exactly(targets.Length, logits.Length, nameof(targets));
        Shape.Apart(targets, gradient, nameof(gradient));
        fixed (float* x = logits, t = targets, w = weights, g = gradient)
            return CrossEntropyRows.Run(x, rows, classes, new LossRule<float>(null, t, 0, 0), w, g, Chunks.Threads(maxThreads));
    }

    private static double OfLabels(
        ReadOnlySpan<float> logits,
        int classes,
        ReadOnlySpan<int> labels,
        double smoothing,
        double focus,
        ReadOnlySpan<float> weights,
        Span<float> gradient,
        bool wanted,
        int maxThreads)
    {
        int rows = Rows(logits, classes, weights, gradient, wanted);
        Shape.Exactly(labels.Length, rows, nameof(labels));
        if (labels.Contains(NoLabel))
        {
            (int[] known, float[] counted) = Counted(labels, weights);
            double loss = OfLabels(logits, classes, known, smoothing, focus, counted, gradient, wanted, maxThreads);
            if (wanted)
                ClearUnlabelled(labels, classes, gradient);

            return loss;
        }

        Shape.Labels(labels, classes);
        fixed (float* x = logits, w = weights, g = gradient)
        fixed (int* l = labels)
            return CrossEntropyRows.Run(x, rows, classes, new LossRule<float>(l, null, smoothing, focus), w, wanted ? g
                : null, Chunks.Threads(maxThreads));
    }

    /// <summary>The weighted sum over rows of −ln softmax(row)[label]. Divide by the sum of weights for the mean.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="labels">The true class of each row, or −1 for none.</param>
    /// <param name="weights">One weight per row, or empty where all are 1.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <returns>+∞ where a label's logit is −∞; NaN where a row with a weight has no softmax.</returns>
    /// <exception cref="ArgumentException">Lengths don't match, or a label is no class and not −1.</exception>
    public static double TotalLoss(
        ReadOnlySpan<double> logits, int classes, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights = default, int maxThreads = 1) =>
        OfLabels(logits, classes, labels, 0, 0, weights, [], false, maxThreads);

    /// <summary>
    /// The loss as <see cref="TotalLoss(ReadOnlySpan{double}, int, ReadOnlySpan{int}, ReadOnlySpan{double}, int)"/> gives it, and its
    /// gradient with respect to the logits: w_i·(softmax(row) − onehot(label)).
    /// </summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="labels">The true class of each row, or −1 for none.</param>
    /// <param name="weights">One weight per row, or empty where all are 1.</param>
    /// <param name="gradient">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <returns>The weighted sum of the rows' losses.</returns>
    /// <exception cref="ArgumentException">Lengths don't match, a label is no class and not −1, or spans overlap at an offset.</exception>
    public static double LossAndGradientRows(
        ReadOnlySpan<double> logits, int classes, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights, Span<double> gradient,
            int maxThreads = 1) =>
        OfLabels(logits, classes, labels, 0, 0, weights, gradient, true, maxThreads);

    /// <summary>
    /// The loss with smoothed labels, t = (1 − ε)·onehot(label) + ε / classes, and its gradient.
    /// </summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="labels">The true class of each row, or −1 for none.</param>
    /// <param name="smoothing">ε, from 0 to 1.</param>
    /// <param name="weights">One weight per row, or empty where all are 1.</param>
    /// <param name="gradient">[rows, classes], which may be the same memory as <paramref name="logits"/>; or empty if not needed.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <returns>The weighted sum of the rows' losses.</returns>
    /// <exception cref="ArgumentException">Lengths don't match, a label is no class and not −1, or spans overlap at an offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is not from 0 to 1.</exception>
    public static double SmoothedLossAndGradientRows(
        ReadOnlySpan<double> logits, int classes, ReadOnlySpan<int> labels, double smoothing, ReadOnlySpan<double> weights,
            Span<double> gradient, int maxThreads = 1)
    {
        if (!(smoothing >= 0 && smoothing <= 1))
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "The smoothing must be from 0 to 1.");
        return OfLabels(logits, classes, labels, smoothing, 0, weights, gradient, !gradient.IsEmpty, maxThreads);
    }

    /// <summary>The focal loss, −(1 − p)^γ·ln p of each row's label, and its gradient.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="labels">The true class of each row, or −1 for none.</param>
    /// <param name="focus">γ, not negative; with 0 it is the cross-entropy.</param>
    /// <param name="weights">One weight per row, or empty where all are 1.</param>
    /// <param name="gradient">[rows, classes], which may be the same memory as <paramref name="logits"/>; or empty if not needed.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <returns>The weighted sum of the rows' losses.</returns>
    /// <exception cref="ArgumentException">Lengths don't match, a label is no class and not −1, or spans overlap at an offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="focus"/> is negative or not finite.</exception>
    public static double FocalLossAndGradientRows(
        ReadOnlySpan<double> logits, int classes, ReadOnlySpan<int> labels, double focus, ReadOnlySpan<double> weights,
            Span<double> gradient, int maxThreads = 1)
    {
        if (!(focus >= 0) || double.IsInfinity(focus))
            throw new ArgumentOutOfRangeException(nameof(focus), focus, "The focus must be finite and not negative.");
        return OfLabels(logits, classes, labels, 0, focus, weights, gradient, !gradient.IsEmpty, maxThreads);
    }

    /// <summary>The loss against distributions, and its gradient w_i·(Σ_k t_ik·softmax(z_i) − t_i).</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="targets">[rows, classes]: what the probabilities should be.</param>
    /// <param name="weights">One weight per row, or empty where all are 1.</param>
    /// <param name="gradient">[rows, classes], which may be the same memory as <paramref name="logits"/>; or empty if not needed.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <returns>The weighted sum of the rows' losses; a target of 0 counts for nothing, even at a logit of −∞.</returns>
    /// <exception cref="ArgumentException">Lengths don't match, or spans overlap at an offset.</exception>
    public static double DistributionLossAndGradientRows(
        ReadOnlySpan<double> logits, int classes, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> gradient,
            int maxThreads = 1)
    {
        int rows = Rows(logits, classes, weights, gradient, !gradient.IsEmpty);
        Shape.Exactly(targets.Length, logits.Length, nameof(targets));
        Shape.Apart(targets, gradient, nameof(gradient));
        fixed (double* x = logits, t = targets, w = weights, g = gradient)
            return CrossEntropyRows.Run(x, rows, classes, new LossRule<double>(null, t, 0, 0), w, g, Chunks.Threads(maxThreads));
    }

    private static double OfLabels(
        ReadOnlySpan<double> logits,
        int classes,
        ReadOnlySpan<int> labels,
        double smoothing,
        double focus,
        ReadOnlySpan<double> weights,
        Span<double> gradient,
        bool wanted,
        int maxThreads)
    {
        int rows = Rows(logits, classes, weights, gradient, wanted);
        Shape.Exactly(labels.Length, rows, nameof(labels));
        if (labels.Contains(NoLabel))
        {
            (int[] known, double[] counted) = Counted(labels, weights);
            double loss = OfLabels(logits, classes, known, smoothing, focus, counted, gradient, wanted, maxThreads);
            if (wanted)
                ClearUnlabelled(labels, classes, gradient);

            return loss;
        }

        Shape.Labels(labels, classes);
        fixed (double* x = logits, w = weights, g = gradient)
        fixed (int* l = labels)
            return CrossEntropyRows.Run(x, rows, classes, new LossRule<double>(l, null, smoothing, focus), w, wanted ? g
                : null, Chunks.Threads(maxThreads));
    }

    /// <summary>Labels and weights of the same losses: a row without a label gets any label, and the weight 0.</summary>
    private static (int[] Labels, T[] Weights) Counted<T>(ReadOnlySpan<int> labels, ReadOnlySpan<T> weights)
        where T : unmanaged, INumber<T>
    {
        int[] known = labels.ToArray();
        T[] counted = weights.ToArray();
        if (weights.IsEmpty)
        {
            counted = new T[labels.Length];
            counted.AsSpan().Fill(T.One);
        }

        for (int row = 0; row < known.Length; row++)
        {
            if (known[row] == NoLabel)
                (known[row], counted[row]) = (0, T.Zero);
        }

        return (known, counted);
    }

    /// <summary>A row without a label has the gradient 0, whatever its logits are.</summary>
    private static void ClearUnlabelled<T>(ReadOnlySpan<int> labels, int classes, Span<T> gradient)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] == NoLabel)
                gradient.Slice(row * classes, classes).Clear();
        }
    }

    private static int Rows<T>(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<T> weights, ReadOnlySpan<T> gradient, bool wanted)
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        if (!weights.IsEmpty)
            Shape.Exactly(weights.Length, rows, nameof(weights));
        if (wanted)
        {
            Shape.AtLeast(gradient.Length, logits.Length, nameof(gradient));
            Shape.SameOrApart(logits, gradient[..logits.Length], nameof(gradient));
            Shape.Apart(weights, gradient, nameof(gradient));
        }

        return rows;
    }
}
