namespace Credence.Evaluation.Intervals;

/// <summary>Holm's correction of p-values for multiple tests, which controls the probability of any false rejection
/// (S. Holm 1979).</summary>
internal static class Holm
{
    /// <summary>The corrected p-values; NaN stands for no test and is not counted.</summary>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        var adjusted = new double[pValues.Length];
        Array.Fill(adjusted, double.NaN);
        var order = new List<(double P, int Index)>();
        for (int i = 0; i < pValues.Length; i++)
        {
            if (!double.IsNaN(pValues[i]))
                order.Add((pValues[i], i));
        }

        order.Sort();
        double largest = 0;
        for (int rank = 0; rank < order.Count; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, order[rank].P * (order.Count - rank)));
            adjusted[order[rank].Index] = largest;
        }

        return adjusted;
    }
}
