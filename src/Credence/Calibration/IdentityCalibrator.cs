using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Calibration;

/// <summary>No calibration: the plain softmax, used where no calibrator clearly helps.</summary>
public sealed class IdentityCalibrator : IRowCalibrator
{
    internal const string Name = "none";

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod Entry { get; } = new(
        Name,
        "No calibration",
        "The plain softmax.",
        Unfitted,
        (saved, _, _) => Load(saved))
    {
        IsTried = (_, _) => true,
        IsClasswise = true,
    };

    /// <summary>Creates one.</summary>
    /// <param name="classes">The number of classes, at least 1.</param>
    public IdentityCalibrator(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
    }

    /// <inheritdoc/>
    public string Method => Name;

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CalibratorParameter> Parameters => [];

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int maxThreads = 0) => CalibratedRows.Compute(this, logits, maxThreads);

    void IRowCalibrator.Apply(Logits logits, int from, int to, Span<double> probabilities) =>
        Softmax.ForwardRows(logits.Block(from, to, probabilities), Classes, probabilities);

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix) => new() { ["kind"] = Method, ["classes"] = Classes };

    private static IdentityCalibrator Unfitted(
        Logits logits, Labels labels, ReadOnlySpan<double> weights, int maxThreads, CancellationToken cancellationToken)
    {
        CalibrationRows.Check(logits, labels, weights, maxThreads);
        return new IdentityCalibrator(logits.Classes);
    }

    internal static IdentityCalibrator Load(JsonObject saved) => new(saved.Integer("classes", 1));
}
