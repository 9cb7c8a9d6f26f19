using Credence.Data.Scores;
using Credence.Models.Learning;

namespace Credence.Onnx.Wrapping;

/// <summary>Options of calibrating an ONNX classifier in its own file.</summary>
public sealed record WrapOptions
{
    /// <summary>How the scores are calibrated.</summary>
    public ScoreCalibrationOptions Calibration { get; init; } = new();

    /// <summary>Whether the calibrated probabilities take the place of the original output, in its name and form.</summary>
    public bool Replace { get; init; }

    /// <summary>The kind of the model's scores; null where the graph or the numbers say it.</summary>
    public ScoreKind? Kind { get; init; }
}
