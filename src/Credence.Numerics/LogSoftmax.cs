namespace Credence.Numerics;

/// <summary>The logarithm of the softmax: z_j / T − ln Σ_k e^(z_k / T), finite where the softmax itself has underflowed to 0.</summary>
/// <remarks>Each row is shifted by its own maximum. −∞ gives −∞. A row of only −∞, or with NaN or +∞, gives NaN.</remarks>
public static class LogSoftmax
{
    /// <summary>The log-softmax of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">Columns a row.</param>
    /// <param name="logProbabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't fit <paramref name="classes"/>, or the spans overlap at an offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ForwardRows(ReadOnlySpan<float> logits, int classes, Span<float> logProbabilities, float temperature = 1, int threads = 1)
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.AtLeast(logProbabilities.Length, logits.Length, nameof(logProbabilities));
        Shape.SameOrApart(logits, logProbabilities[..logits.Length], nameof(logProbabilities));
        Shape.Temperature(temperature);
        float scale = 1 / temperature;
        for (int row = 0; row < rows; row++)
            Row(logits.Slice(row * classes, classes), logProbabilities.Slice(row * classes, classes), scale);
    }

    private static void Row(ReadOnlySpan<float> logits, Span<float> logProbabilities, float scale)
    {
        float max = float.NegativeInfinity;
        foreach (float logit in logits)
            max = MathF.Max(max, logit);

        double sum = 0;
        foreach (float logit in logits)
            sum += Exp.Compute((logit - max) * scale);

        if (double.IsNaN(sum))
        {
            logProbabilities.Fill(float.NaN);
            return;
        }

        float log = (float)Log.Compute(sum);
        for (int j = 0; j < logits.Length; j++)
            logProbabilities[j] = ((logits[j] - max) * scale) - log;
    }

    /// <summary>The log-softmax of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">Columns a row.</param>
    /// <param name="logProbabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't fit <paramref name="classes"/>, or the spans overlap at an offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ForwardRows(ReadOnlySpan<double> logits, int classes, Span<double> logProbabilities, double temperature = 1, int threads = 1)
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.AtLeast(logProbabilities.Length, logits.Length, nameof(logProbabilities));
        Shape.SameOrApart(logits, logProbabilities[..logits.Length], nameof(logProbabilities));
        Shape.Temperature(temperature);
        double scale = 1 / temperature;
        for (int row = 0; row < rows; row++)
            Row(logits.Slice(row * classes, classes), logProbabilities.Slice(row * classes, classes), scale);
    }

    private static void Row(ReadOnlySpan<double> logits, Span<double> logProbabilities, double scale)
    {
        double max = double.NegativeInfinity;
        foreach (double logit in logits)
            max = Math.Max(max, logit);

        double sum = 0;
        foreach (double logit in logits)
            sum += Exp.Compute((logit - max) * scale);

        if (double.IsNaN(sum))
        {
            logProbabilities.Fill(double.NaN);
            return;
        }

        double log = (double)Log.Compute(sum);
        for (int j = 0; j < logits.Length; j++)
            logProbabilities[j] = ((logits[j] - max) * scale) - log;
    }
}
