using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Calibration;

/// <summary>One class's score in a row.</summary>
/// <param name="Probability">Its softmax.</param>
/// <param name="LogOdds">ln p − ln(1 − p), with 1 − p summed from the other classes, within ±87.3, the log odds of the smallest
/// float.</param>
internal readonly record struct OneVsRestScore(double Probability, double LogOdds)
{
    private const double MostLogOdds = 87.33654475055310;

    /// <summary>The softmax to the precision of a float: scores that were saved as equal floats are ties, whatever rounding the softmax
    /// adds.</summary>
    public double Rounded => (float)Probability;

    /// <summary>ln p.</summary>
    public double LogProbability => LogSigmoid.Compute(LogOdds);

    /// <summary>ln(1 − p).</summary>
    public double LogRest => LogSigmoid.Compute(-LogOdds);

    /// <summary>The largest of a row of probabilities, the first of equals: its place, the second largest, the sum of all others, and its
    /// score.</summary>
    public static (int Top, double Second, double Others, OneVsRestScore Score) Largest(ReadOnlySpan<double> probabilities)
    {
        int top = Confidence.Top(probabilities);
        ReadOnlySpan<double> before = probabilities[..top], after = probabilities[(top + 1)..];
        double second = Math.Max(0, Math.Max(DoubleVectors.Max(before), DoubleVectors.Max(after))),
            rest = DoubleVectors.Sum(before) + DoubleVectors.Sum(after);
        double odds = Log.Compute(probabilities[top]) - Log.Compute(rest);
        return (top, second, rest, new OneVsRestScore(probabilities[top], Math.Clamp(odds, -MostLogOdds, MostLogOdds)));
    }

    /// <summary>The score of a class whose log odds are known, whatever the other classes'.</summary>
    public static OneVsRestScore OfLogOdds(double logOdds)
    {
        double odds = Math.Clamp(logOdds, -MostLogOdds, MostLogOdds);
        return new OneVsRestScore(Sigmoid.Compute(odds), odds);
    }

    /// <summary>Every class's score in a row of logits.</summary>
    public static void Row(ReadOnlySpan<double> logits, Span<double> work, Span<OneVsRestScore> scores)
    {
        double max = DoubleVectors.Max(logits);
        for (int k = 0; k < logits.Length; k++)
            work[k] = logits[k] - max;

        Exp.Apply(work[..logits.Length], work[..logits.Length]);
        int top = Confidence.Top(work[..logits.Length]);
        double sum = 0;
        for (int k = 0; k < logits.Length; k++)
            sum += work[k];

        double others = 0;
        for (int k = 0; k < logits.Length; k++)
            others += k == top ? 0 : work[k];

        for (int k = 0; k < logits.Length; k++)
        {
            // The complement of the largest is summed, not subtracted: near 1 the difference would be rounding error.
            double rest = k == top ? others : sum - work[k];
            double odds = logits[k] - max - Log.Compute(rest);
            scores[k] = new OneVsRestScore(work[k] / sum, Math.Clamp(odds, -MostLogOdds, MostLogOdds));
        }
    }
}
