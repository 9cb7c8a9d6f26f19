using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Report.Formatting;

namespace Credence.Report.Sections;

/// <summary>How a figure is called and written for people.</summary>
public static class MetricText
{
    /// <summary>The figure's name in words.</summary>
    /// <param name="name">One of <see cref="MetricName"/>, or any other, which is taken as it is.</param>
    public static string Title(string name) => MetricCatalog.Find(name)?.Title ?? Excerpt.Of(name, 60);

    /// <summary>What to make of the figure, beside its value: its verdict without the value said again.</summary>
    public static string? Reading(MetricResult figure)
    {
        if (!figure.IsCalibrationError && figure.Null is { } none && double.IsFinite(figure.Value))
        {
            string range = $"{Value(figure.Name, none.Low)} to {Value(figure.Name, none.High)}";
            return figure.Verdict?.IsBetter switch
            {
                true => $"Better than the probabilities claim: they lead to expect {range}.",
                false => $"Worse than the probabilities claim: they lead to expect {range}.",
                null => $"As the probabilities claim: they lead to expect {range}.",
            };
        }

        return figure.Verdict?.Reading is { Length: > 0 } words ? $"{char.ToUpperInvariant(words[0])}{words[1..]}." : null;
    }

    /// <summary>A value of the figure: shares in percent, all else as a number.</summary>
    public static string Value(string name, double value) => MetricCatalog.Find(name) is { IsShare: true } ? NumberText.Percent(value, 2)
        : double.IsPositiveInfinity(value) ? "∞" : NumberText.Figure(value);
}
