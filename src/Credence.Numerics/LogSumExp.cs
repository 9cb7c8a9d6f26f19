namespace Credence.Numerics;

/// <summary>ln Σ e^x, without overflow.</summary>
/// <remarks>max + ln Σ e^(x − max). −∞ where there is no element or all are −∞; +∞ or NaN among them gives NaN.</remarks>
public static class LogSumExp
{
    /// <summary>The logarithm of the sum of the exponentials of <paramref name="logits"/>.</summary>
    public static float Compute(ReadOnlySpan<float> logits)
    {
        float max = float.NegativeInfinity;
        foreach (float logit in logits)
            max = MathF.Max(max, logit);
        if (float.IsNegativeInfinity(max))
            return max;

        double sum = 0;
        foreach (float logit in logits)
            sum += Exp.Compute(logit - max);
        return double.IsNaN(sum) ? float.NaN : (float)(max + Log.Compute(sum));
    }

    /// <summary>The logarithm of the sum of the exponentials of <paramref name="logits"/>.</summary>
    public static double Compute(ReadOnlySpan<double> logits)
    {
        double max = double.NegativeInfinity;
        foreach (double logit in logits)
            max = Math.Max(max, logit);
        if (double.IsNegativeInfinity(max))
            return max;

        double sum = 0;
        foreach (double logit in logits)
            sum += Exp.Compute(logit - max);
        return double.IsNaN(sum) ? double.NaN : max + Log.Compute(sum);
    }
}
