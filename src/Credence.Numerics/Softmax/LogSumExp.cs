namespace Credence.Numerics;

/// <summary>ln Σ e^(z / T), without overflow.</summary>
/// <remarks>
/// max + ln Σ e^(z − max), with the maximum factored out as a power of two. −∞ where there is no element or all are −∞; +∞ or NaN gives
/// NaN.
/// </remarks>
public static class LogSumExp
{
    /// <summary>The logarithm of the sum of the exponentials of <paramref name="logits"/>.</summary>
    /// <param name="logits">Any numbers.</param>
    public static float Compute(ReadOnlySpan<float> logits)
    {
        if (logits.IsEmpty)
            return float.NegativeInfinity;

        float log = 0;
        LogSumExpRows.Forward(logits, 1, logits.Length, 1, new Span<float>(ref log), [], 1);
        return log;
    }

    /// <summary>The logarithm of the sum of the exponentials of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="logs">[rows]; must not overlap any other span.</param>
    /// <param name="temperature">T, positive: logits are divided by it.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ComputeRows(ReadOnlySpan<float> logits, int classes, Span<float> logs, float temperature = 1, int maxThreads = 1)
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.AtLeast(logs.Length, rows, nameof(logs));
        Shape.Apart(logits, logs[..rows], nameof(logs));
        float scale = Shape.Scale(temperature);
        LogSumExpRows.Forward(logits, rows, classes, scale, logs[..rows], [], Chunks.Threads(maxThreads));
    }

    /// <summary>The logarithm of the sum of the exponentials of <paramref name="logits"/>.</summary>
    /// <param name="logits">Any numbers.</param>
    public static double Compute(ReadOnlySpan<double> logits)
    {
        if (logits.IsEmpty)
            return double.NegativeInfinity;

        double log = 0;
        LogSumExpRows.Forward(logits, 1, logits.Length, 1, new Span<double>(ref log), [], 1);
        return log;
    }

    /// <summary>The logarithm of the sum of the exponentials of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="logs">[rows]; must not overlap any other span.</param>
    /// <param name="temperature">T, positive: logits are divided by it.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ComputeRows(ReadOnlySpan<double> logits, int classes, Span<double> logs, double temperature = 1, int maxThreads = 1)
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.AtLeast(logs.Length, rows, nameof(logs));
        Shape.Apart(logits, logs[..rows], nameof(logs));
        double scale = Shape.Scale(temperature);
        LogSumExpRows.Forward(logits, rows, classes, scale, logs[..rows], [], Chunks.Threads(maxThreads));
    }
}
