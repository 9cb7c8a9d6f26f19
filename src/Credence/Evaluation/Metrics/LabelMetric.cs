using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>A metric of rows that have one label each: its definition, computation, null and verdict. It is listed in
/// <see cref="MetricCatalog"/>.</summary>
internal sealed record LabelMetric
{
    /// <summary>Its name, title and unit.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Its exact definition for a number of bins: scheme, norm, label mode, unit.</summary>
    public required Func<int, string> Definition { get; init; }

    /// <summary>A note on its interval; begins with "; ".</summary>
    public string IntervalNote { get; init; } = "";

    /// <summary>The reference of its verdict.</summary>
    public VerdictRule Verdict { get; init; }

    /// <summary>The smallest number of classes for which it is informative.</summary>
    public int FewestClasses { get; init; }

    /// <summary>Computes the value, its draws for a calibrated model, and its interval, from the evaluated rows.</summary>
    public required Func<EvaluatedRows, MetricValue> Compute { get; init; }

    /// <summary>For a mean over rows: the score it is the mean of, summed in the passes over the rows and each draw of labels.</summary>
    public IRowScore? Score { get; init; }

    /// <summary>For a function of which rows are right: the function, called for the data and for each draw of labels.</summary>
    public LabelError? Error { get; init; }

    /// <summary>Its value under other weights, for metrics that compare two models.</summary>
    public Func<RowMetrics, double>? Compared { get; init; }

    /// <summary>The result on rows.</summary>
    public MetricResult Measure(EvaluatedRows rows) =>
        Compute(rows).Result(Metric, Verdict, Definition(rows.Bins) + IntervalNote, rows.Scored.Count, rows.HasIntervals);

    /// <summary>A metric that is the mean of a score over rows: its draws, its interval and its comparison follow.</summary>
    /// <param name="metric">Its name, title and unit.</param>
    /// <param name="definition">Its exact definition.</param>
    /// <param name="score">The score of a row.</param>
    /// <param name="most">The largest value of the score.</param>
    public static LabelMetric MeanOf(Metric metric, string definition, IRowScore score, double most) => new()
    {
        Metric = metric,
        Definition = _ => definition,
        IntervalNote = "; interval of the mean by Hall's transformation (1992), corrected for skewness",
        Score = score,
        Compared = means => means.Mean(metric.Name),
        Compute = rows => new MetricValue(rows.Means.Mean(metric.Name), _ => rows.Around.MeanScore(metric.Name, most))
        {
            Draws = rows.Drawn(draw => draw.Rows.Mean(metric.Name)),
        },
    };

    /// <summary>A calibration error that is a function of which rows are right: its draws follow.</summary>
    /// <param name="metric">Its name, title and unit.</param>
    /// <param name="definition">Its exact definition for a number of bins.</param>
    /// <param name="error">The function.</param>
    /// <param name="interval">The interval of the value, given the value for a calibrated model.</param>
    public static LabelMetric ErrorOf(
        Metric metric, Func<int, string> definition, LabelError error,
        Func<EvaluatedRows, double, CalibratedNull?, Interval> interval) => new()
        {
            Metric = metric,
            Definition = definition,
            Verdict = VerdictRule.CalibrationError,
            Error = error,
            Compute = rows =>
            {
                double value = rows.Errors[metric.Name];
                return new MetricValue(value, none => interval(rows, value, none)) { Draws = rows.Drawn(draw => draw.Errors[metric.Name]) };
            },
        };
}
