using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;

namespace Credence.Evaluation;

/// <summary>The evaluation of a model's probabilities. Its size is bounded whatever the number of rows.</summary>
public sealed record ModelEvaluation
{
    /// <summary>The rows evaluated.</summary>
    public int Rows { get; init; }

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The metrics, each with its interval, its value for a calibrated model, its verdict and its definition.</summary>
    public required IReadOnlyList<MetricResult> Figures { get; init; }

    /// <summary>A metric by its name.</summary>
    /// <param name="name">One of <see cref="MetricName"/>.</param>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public MetricResult this[string name] => Figures.FirstOrDefault(figure => figure.Name == name)
        ?? throw new ArgumentException(
            $"There is no metric '{name}'; the metrics are {string.Join(", ", Figures.Select(figure => figure.Name))}.", nameof(name));

    /// <summary>The values of the metrics, by name.</summary>
    public IReadOnlyDictionary<string, double> Values() => Figures.ToDictionary(figure => figure.Name, figure => figure.Value);

    /// <summary>Whether the probabilities are calibrated: one test that accounts for all the tests beneath it; null where no labels were
    /// drawn.</summary>
    public CalibrationTest? CalibrationTest { get; init; }

    /// <summary>Precision, recall and F1, one per class.</summary>
    public IReadOnlyList<ClassResult> ClassResults { get; init; } = [];

    /// <summary>The confusion matrix.</summary>
    public ConfusionMatrix? Confusion { get; init; }

    /// <summary>The reliability diagram: mean confidence and accuracy in equal-width bins.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; init; } = [];

    /// <summary>Rows in 20 equal-width bins of confidence.</summary>
    public IReadOnlyList<int> ConfidenceHistogram { get; init; } = [];

    /// <summary>The reliability curve of the top label, without bins, with its band; null where not drawn.</summary>
    public ReliabilityCurve? Curve { get; init; }

    /// <summary>The reliability curve of each class's own probability; of the most frequent ones where rows and classes are many.</summary>
    public IReadOnlyList<ReliabilityCurve> ClassCurves { get; init; } = [];

    /// <summary>Each group's metrics; empty where there are no groups.</summary>
    public IReadOnlyList<GroupResult> Groups { get; init; } = [];

    /// <summary>The best temperature for these rows; null for one class.</summary>
    public TemperatureFit? Temperature { get; init; }

    /// <summary>Risk at each coverage, at most 200 points, coverage rising.</summary>
    public IReadOnlyList<RiskAtCoverage> RiskCoverage { get; init; } = [];

    /// <summary>Rows whose true class was given probability 0: one is enough to make the log loss infinite.</summary>
    public int ImpossibleRows { get; init; }

    /// <summary>Rows that gave a wrong class a probability of 1, or within 2⁻²⁴ of 1, the resolution of a float.</summary>
    public int CertainMistakes { get; init; }
}
