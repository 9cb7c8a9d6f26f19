using System.Text.Json.Nodes;
using Credence.Calibration.OneVsRest;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Calibration.Selection;

/// <summary>After another calibrator, a curve for the largest probability of each row against the rest, the other classes scaled to what is
/// left.</summary>
/// <remarks>A model too simple for its data can be miscalibrated in its largest probability while no map of its scores that
/// log loss prefers corrects that: each class's probability is then calibrated on average over classes, but the top label's is not. The
/// question
/// here is top-label calibration: how often is the first answer right (C. Gupta, A. Ramdas, Top-label Calibration, 2022)? The curve is
/// <see cref="BetaCalibration"/>'s. No class ever overtakes the first.</remarks>
public sealed class ConfidenceCalibration : IRowCalibrator
{
    internal const string Name = "confidence", Suffix = "+" + Name;

    private readonly LogisticMap map;

    private ConfidenceCalibration(ICalibrator first, LogisticMap map)
    {
        First = first;
        this.map = map;
    }

    /// <summary>A method, then a curve for each row's largest probability.</summary>
    /// <param name="first">The method.</param>
    internal static CalibrationMethod After(CalibrationMethod first) => new(
        first.Name + Suffix,
        first.Title + ", then a curve for the largest probability",
        $"{first.Summary} After it, a curve for the largest probability (C. Gupta, A. Ramdas, Top-label Calibration, 2022).",
        (logits, labels, weights, maxThreads, token) =>
            Fit(first.Fit(logits, labels, weights, maxThreads, token), logits, labels, weights, maxThreads),
        Load);

    /// <summary>The calibrator whose probabilities the curve is applied to.</summary>
    public ICalibrator First { get; }

    /// <inheritdoc/>
    public string Method => First.Method + Suffix;

    /// <inheritdoc/>
    public int Classes => First.Classes;

    /// <inheritdoc/>
    public IReadOnlyList<CalibratorParameter> Parameters =>
        [.. First.Parameters, new("confidence: slope near 0", map.A), new("confidence: slope near 1", map.B),
            new("confidence: constant", map.C)];

    /// <summary>Fits the curve on what a calibrator makes of the rows.</summary>
    /// <param name="first">The calibrator.</param>
    /// <param name="logits">[n, K], K ≥ 2.</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, a logit is NaN or +∞, or there is one class.</exception>
    public static ConfidenceCalibration Fit(
        ICalibrator first, Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int maxThreads = 0)
    {
        CalibrationRows.Check(logits, labels, weights, maxThreads);
        if (logits.Classes < 2)
            throw new ArgumentException($"'{nameof(logits)}' has {logits.Classes} class; a confidence curve needs at least 2.",
                nameof(logits));

        var scores = new OneVsRestScore[logits.Rows];
        var right = new bool[logits.Rows];
        CalibratedRows.Visit(first, logits, maxThreads, (row, probabilities) =>
        {
            (int top, _, _, scores[row]) = OneVsRestScore.Largest(probabilities);
            right[row] = labels[row] == top;
        });

        return new ConfidenceCalibration(first, BetaCalibration.Map(scores, right, CalibrationRows.WeightsOrOnes(weights, scores.Length)));
    }

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int maxThreads = 0)
    {
        double[] all = LargeArray.Uninitialized<double>(logits.Rows * logits.Classes);
        CalibratedRows.Visit(First, logits, maxThreads, (row, probabilities) =>
        {
            Span<double> own = all.AsSpan(row * Classes, Classes);
            probabilities.CopyTo(own);
            Row(own);
        });
        return new Probabilities(all, Classes);
    }

    bool IRowCalibrator.TakesRows => First is IRowCalibrator { TakesRows: true };

    void IRowCalibrator.Apply(Logits logits, int from, int to, Span<double> probabilities)
    {
        ((IRowCalibrator)First).Apply(logits, from, to, probabilities);
        for (int start = 0; start < probabilities.Length; start += Classes)
            Row(probabilities.Slice(start, Classes));
    }

    private void Row(Span<double> p)
    {
        (int top, double second, double rest, OneVsRestScore score) = OneVsRestScore.Largest(p);
        if (rest == 0)
            return;

        (double first, double left) = map.Both(score);
        if (first * rest < second * left)
            (first, left) = (second / (second + rest), rest / (second + rest));

        for (int k = 0; k < p.Length; k++)
            p[k] = k == top ? first : p[k] / rest * left;
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix) =>
        new() { ["kind"] = Name, ["first"] = First.Save(tensors, prefix + "first."), ["map"] = map.Save(tensors, prefix) };

    internal static ConfidenceCalibration Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        JsonObject first = saved.Object("first");
        if (first.Text("kind") == Name)
            throw new InvalidDataException("The model's calibrator has a confidence curve on top of another.");

        ICalibrator loaded = Calibrators.Load(first, tensors, prefix + "first.");
        return loaded.Classes >= 2
            ? new ConfidenceCalibration(loaded, (LogisticMap)LogisticMap.Load(saved.Object("map"), tensors, prefix))
            : throw new InvalidDataException($"The model's calibrator is a confidence curve of {loaded.Classes} class; it needs 2.");
    }
}
