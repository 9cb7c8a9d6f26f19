using Credence.Numerics;

namespace Credence.Data.Scores;

/// <summary>The confidence of a row: its largest probability.</summary>
internal static class Confidence
{
    /// <summary>The largest probability; NaN where any is NaN.</summary>
    public static double Compute(ReadOnlySpan<double> probabilities) => DoubleVectors.Max(probabilities);

    /// <summary>The largest probability of each row.</summary>
    public static double[] Compute(Probabilities probabilities)
    {
        var confidences = new double[probabilities.Rows];
        for (int row = 0; row < confidences.Length; row++)
            confidences[row] = Compute(probabilities.Row(row));

        return confidences;
    }

    /// <summary>The class of the largest probability: the first of equal ones, and class 0 where one is NaN.</summary>
    public static int Top(ReadOnlySpan<double> probabilities) =>
        Math.Max(0, DoubleVectors.IndexOf(probabilities, DoubleVectors.Max(probabilities)));
}
