using System.Text.Json.Nodes;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Persistence;

namespace Credence.Calibration;

/// <summary>A calibration method by name: the entry of a calibrator in <see cref="CalibrationMethods"/>.</summary>
public sealed class CalibrationMethod
{
    private readonly FitBody fit;

    internal CalibrationMethod(string name, string title, string summary, FitBody fit, LoadBody load)
    {
        Name = name;
        Title = title;
        Summary = summary;
        this.fit = fit;
        Load = load;
    }

    internal delegate ICalibrator FitBody(
        Logits logits, Labels labels, ReadOnlySpan<double> weights, int maxThreads, CancellationToken cancellationToken);

    internal delegate ICalibrator LoadBody(JsonObject saved, NamedTensors tensors, string prefix);

    internal delegate bool SelectionRule(int classes, int rows);

    /// <summary>Its name: "temperature", also the kind in a model file.</summary>
    public string Name { get; }

    /// <summary>Its name in the literature: "Temperature scaling".</summary>
    public string Title { get; }

    /// <summary>Its summary and its source, in a sentence.</summary>
    public string Summary { get; }

    /// <summary>Whether it also calibrates rows with several labels, class by class.</summary>
    public bool IsClasswise { get; internal init; }

    /// <summary>Whether a selection tries it by default.</summary>
    internal SelectionRule IsTried { get; init; } = (_, _) => false;

    /// <summary>Whether a selection also tries it where maps of each class's own score are asked for.</summary>
    internal bool IsMap { get; init; }

    /// <summary>The map of one class's score against the rest; null where there is none, or it is not used alone.</summary>
    internal ScoreMapKind? Map { get; init; }

    /// <summary>Reads what the calibrator's <see cref="ICalibrator.Save"/> wrote.</summary>
    internal LoadBody Load { get; }

    /// <summary>Fits the calibrator.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public ICalibrator Fit(
        Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int maxThreads = 0,
            CancellationToken cancellationToken = default) =>
        fit(logits, labels, weights, maxThreads, cancellationToken);
}
