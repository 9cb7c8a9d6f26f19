using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>Top-k accuracy.</summary>
internal static class TopAccuracy
{
    /// <summary>Among the three most probable.</summary>
    public static LabelMetric Three { get; } =
        Of(MetricName.Top3Accuracy, "Top-3 accuracy", 3, rows => rows.Top3, rows => rows.Top3Sum);

    /// <summary>Among the five most probable.</summary>
    public static LabelMetric Five { get; } =
        Of(MetricName.Top5Accuracy, "Top-5 accuracy", 5, rows => rows.Top5, rows => rows.Top5Sum);

    private static LabelMetric Of(string name, string title, int k, Func<ScoredRows, double[]> hits, Func<ScoredRows, double[]> chances) =>
        new()
        {
            Metric = new() { Name = name, Title = title, IsHigherBetter = true, IsShare = true },
            Definition = _ => $"share of rows whose true class is among the {k} most probable, expected over ties",
            FewestClasses = k + 1,
            Compute = rows =>
            {
                double value = rows.Scored.Mean(hits(rows.Scored));
                return new MetricValue(value, _ => rows.Share(value))
                {
                    Null = rows.Nulls.Length == 0 ? null : Expected(rows.Scored, chances(rows.Scored)),
                };
            },
        };

    /// <summary>A row counts with a probability of its own, so the value of a calibrated model is known without draws.</summary>
    private static CalibratedNull Expected(ScoredRows rows, double[] chances)
    {
        double variance = 0;
        for (int row = 0; row < rows.Count; row++)
            variance += rows.Weights[row] * rows.Weights[row] * chances[row] * (1 - chances[row]);
        return CalibratedNull.Normal(rows.Mean(chances), Math.Sqrt(variance) / rows.Count, 1);
    }
}
