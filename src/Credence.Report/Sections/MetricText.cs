using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Report.Formatting;

namespace Credence.Report.Sections;

/// <summary>The title and the values of a metric, as people read them.</summary>
public static class MetricText
{
    /// <summary>The metric's name in words.</summary>
    /// <param name="name">One of <see cref="MetricName"/>, or any other, which is returned as it is.</param>
    public static string Title(string name) => MetricCatalog.Find(name)?.Title ?? Excerpt.Of(name, 60);

    /// <summary>The metric's verdict without its value, which stands beside it.</summary>
    public static string? Reading(MetricResult figure)
    {
        if (!figure.IsCalibrationError && figure.Null is { } none && double.IsFinite(figure.Value))
        {
            string range = $"{Value(figure.Name, none.Low)} to {Value(figure.Name, none.High)}";
            return figure.Verdict?.IsBetter switch
            {
                true => $"Better than calibrated probabilities imply: {range}.",
                false => $"Worse than calibrated probabilities imply: {range}.",
                null when figure.Value < none.Low || figure.Value > none.High => $"Calibrated probabilities imply {range} in 95 of 100 "
                    + "samples; no more beside it than chance explains among several metrics.",
                null => $"Consistent with calibrated probabilities, which imply {range}.",
            };
        }

        return figure.Verdict?.Reading is { Length: > 0 } words ? $"{char.ToUpperInvariant(words[0])}{words[1..]}." : null;
    }

    /// <summary>A value of the metric: shares in percent, others as a number.</summary>
    public static string Value(string name, double value) => MetricCatalog.Find(name) is { IsShare: true } ? NumberText.Percent(value, 2)
        : double.IsPositiveInfinity(value) ? "∞" : NumberText.Figure(value);
}
