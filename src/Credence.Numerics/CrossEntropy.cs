namespace Credence.Numerics;

/// <summary>The cross-entropy of the softmax with labels: Σ_i w_i·(ln Σ_k e^(z_ik) − z_i,label), in nats, with its gradient.</summary>
public static class CrossEntropy
{
    /// <summary>The weighted sum over rows of −ln softmax(row)[label]. Divide by the sum of weights for the mean.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">Columns a row.</param>
    /// <param name="labels">The true class of each row.</param>
    /// <param name="weights">A weight a row, or empty for 1 each.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <returns>+∞ where a label's logit is −∞; NaN where a row with a weight has no softmax.</returns>
    /// <exception cref="ArgumentException">Lengths don't fit, or a label is no class.</exception>
    public static double Loss(
        ReadOnlySpan<float> logits, int classes, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights = default, int threads = 1)
    {
        Check(logits.Length, classes, labels, weights.Length);
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> z = logits.Slice(row * classes, classes);
            double loss = (double)LogSumExp.Compute(z) - z[labels[row]];
            total += weights.IsEmpty ? loss : weights[row] * loss;
        }

        return total;
    }

    /// <summary>
    /// The loss as <see cref="Loss(ReadOnlySpan{float}, int, ReadOnlySpan{int}, ReadOnlySpan{float}, int)"/> gives it, and its gradient with respect to
    /// the logits: w_i·(softmax(row) − onehot(label)).
    /// </summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">Columns a row.</param>
    /// <param name="labels">The true class of each row.</param>
    /// <param name="weights">A weight a row, or empty for 1 each.</param>
    /// <param name="gradient">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <returns>The weighted sum of the rows' losses.</returns>
    /// <exception cref="ArgumentException">Lengths don't fit, a label is no class, or spans overlap at an offset.</exception>
    public static double LossAndGradientRows(
        ReadOnlySpan<float> logits, int classes, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights, Span<float> gradient, int threads = 1)
    {
        Check(logits.Length, classes, labels, weights.Length);
        Shape.AtLeast(gradient.Length, logits.Length, nameof(gradient));
        Shape.SameOrApart(logits, gradient[..logits.Length], nameof(gradient));
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> z = logits.Slice(row * classes, classes);
            Span<float> g = gradient.Slice(row * classes, classes);
            float weight = weights.IsEmpty ? 1 : weights[row];
            double loss = (double)LogSumExp.Compute(z) - z[labels[row]];
            total += weight * loss;
            Softmax.Forward(z, g);
            g[labels[row]] -= 1;
            foreach (ref float value in g)
                value *= weight;
        }

        return total;
    }

    /// <summary>The weighted sum over rows of −ln softmax(row)[label]. Divide by the sum of weights for the mean.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">Columns a row.</param>
    /// <param name="labels">The true class of each row.</param>
    /// <param name="weights">A weight a row, or empty for 1 each.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <returns>+∞ where a label's logit is −∞; NaN where a row with a weight has no softmax.</returns>
    /// <exception cref="ArgumentException">Lengths don't fit, or a label is no class.</exception>
    public static double Loss(
        ReadOnlySpan<double> logits, int classes, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights = default, int threads = 1)
    {
        Check(logits.Length, classes, labels, weights.Length);
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<double> z = logits.Slice(row * classes, classes);
            double loss = (double)LogSumExp.Compute(z) - z[labels[row]];
            total += weights.IsEmpty ? loss : weights[row] * loss;
        }

        return total;
    }

    /// <summary>
    /// The loss as <see cref="Loss(ReadOnlySpan{double}, int, ReadOnlySpan{int}, ReadOnlySpan{double}, int)"/> gives it, and its gradient with respect to
    /// the logits: w_i·(softmax(row) − onehot(label)).
    /// </summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">Columns a row.</param>
    /// <param name="labels">The true class of each row.</param>
    /// <param name="weights">A weight a row, or empty for 1 each.</param>
    /// <param name="gradient">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <returns>The weighted sum of the rows' losses.</returns>
    /// <exception cref="ArgumentException">Lengths don't fit, a label is no class, or spans overlap at an offset.</exception>
    public static double LossAndGradientRows(
        ReadOnlySpan<double> logits, int classes, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights, Span<double> gradient, int threads = 1)
    {
        Check(logits.Length, classes, labels, weights.Length);
        Shape.AtLeast(gradient.Length, logits.Length, nameof(gradient));
        Shape.SameOrApart(logits, gradient[..logits.Length], nameof(gradient));
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<double> z = logits.Slice(row * classes, classes);
            Span<double> g = gradient.Slice(row * classes, classes);
            double weight = weights.IsEmpty ? 1 : weights[row];
            double loss = (double)LogSumExp.Compute(z) - z[labels[row]];
            total += weight * loss;
            Softmax.Forward(z, g);
            g[labels[row]] -= 1;
            foreach (ref double value in g)
                value *= weight;
        }

        return total;
    }

    private static void Check(int length, int classes, ReadOnlySpan<int> labels, int weights)
    {
        int rows = Shape.Rows(length, classes, "logits");
        Shape.Exactly(labels.Length, rows, nameof(labels));
        if (weights != 0)
            Shape.Exactly(weights, rows, nameof(weights));
        Shape.Labels(labels, classes);
    }
}
