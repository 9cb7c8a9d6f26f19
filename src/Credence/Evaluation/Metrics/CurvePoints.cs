using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>Which of many confidences a curve is drawn through, and the curve and band there.</summary>
internal static class CurvePoints
{
    private const int Most = 100, Steps = (Most / 2) - 1;

    /// <summary>Places among the distinct confidences, half of them spread evenly over rows and half over confidence, first and last among
    /// them.</summary>
    /// <param name="starts">Where the rows of each distinct confidence start, and the end.</param>
    /// <param name="confidences">The distinct confidences.</param>
    public static int[] Choose(Partition starts, ReadOnlySpan<double> confidences)
    {
        if (starts.Cells <= Most)
            return [.. Enumerable.Range(0, starts.Cells)];

        var chosen = new List<int>();
        int rows = starts.End(starts.Cells - 1);
        for (int group = 0; group < starts.Cells; group++)
        {
            bool isLast = group == starts.Cells - 1;
            if (chosen.Count == 0 || isLast
                || (long)starts.End(group) * Steps / rows > (long)starts.End(chosen[^1]) * Steps / rows
                || (int)(confidences[group] * Steps) > (int)(confidences[chosen[^1]] * Steps))
                chosen.Add(group);
        }

        return [.. chosen];
    }

    /// <summary>The points with their band.</summary>
    /// <param name="chosen">Places among the distinct confidences.</param>
    /// <param name="confidences">The distinct confidences.</param>
    /// <param name="curve">The recalibrated confidence at each chosen place.</param>
    /// <param name="drawn">Of each draw of labels, the recalibrated confidence at each chosen place.</param>
    public static CurvePoint[] Compute(
        int[] chosen, ReadOnlySpan<double> confidences, ReadOnlySpan<double> curve, IReadOnlyList<double[]> drawn)
    {
        var points = new CurvePoint[chosen.Length];
        for (int i = 0; i < points.Length; i++)
        {
            int at = i;
            Interval band = drawn.Count == 0 ? Interval.None : Interval.Percentiles([.. drawn.Select(draw => draw[at])]);
            points[i] = new CurvePoint(confidences[chosen[i]], curve[i], band.Low, band.High);
        }

        return points;
    }
}
