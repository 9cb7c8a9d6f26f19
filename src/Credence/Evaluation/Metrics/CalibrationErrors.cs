namespace Credence.Evaluation.Metrics;

/// <summary>The calibration errors of one set of labels, each found by its metric's function.</summary>
internal readonly struct CalibrationErrors
{
    private readonly double[] values;

    public CalibrationErrors(in LabelledGaps labels)
    {
        IReadOnlyList<LabelMetric> metrics = MetricCatalog.Errors;
        values = new double[metrics.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = metrics[i].Error!(labels);
    }

    /// <summary>An error by its metric's name.</summary>
    public double this[string name] => values[MetricCatalog.IndexOf(MetricCatalog.Errors, name)];
}
