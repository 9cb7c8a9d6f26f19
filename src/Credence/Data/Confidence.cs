namespace Credence.Data;

/// <summary>How sure a row of probabilities is: its largest one.</summary>
internal static class Confidence
{
    /// <summary>The largest probability; NaN where any is NaN.</summary>
    public static double Of(ReadOnlySpan<double> probabilities)
    {
        double largest = double.NegativeInfinity;
        foreach (double p in probabilities)
            largest = p > largest || double.IsNaN(p) ? p : largest;

        return largest;
    }

    /// <summary>The largest probability of each row.</summary>
    public static double[] Of(Probabilities probabilities)
    {
        var confidences = new double[probabilities.Rows];
        for (int row = 0; row < confidences.Length; row++)
            confidences[row] = Of(probabilities.Row(row));

        return confidences;
    }

    /// <summary>The class of the largest probability; the first of equal ones.</summary>
    public static int Top(ReadOnlySpan<double> probabilities)
    {
        int top = 0;
        for (int k = 1; k < probabilities.Length; k++)
        {
            if (probabilities[k] > probabilities[top])
                top = k;
        }

        return top;
    }
}
