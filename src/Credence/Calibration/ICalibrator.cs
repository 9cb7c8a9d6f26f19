using System.Text.Json.Nodes;
using Credence.Calibration.Selection;
using Credence.Data.Scores;
using Credence.Persistence;

namespace Credence.Calibration;

/// <summary>A fitted map from logits to calibrated probabilities.</summary>
public interface ICalibrator
{
    /// <summary>The name of its method: "temperature".</summary>
    string Method { get; }

    /// <summary>The number of classes.</summary>
    int Classes { get; }

    /// <summary>The fitted parameters, for display: a few values, whatever the number of classes.</summary>
    IReadOnlyList<CalibratorParameter> Parameters { get; }

    /// <summary>Calibrated probabilities.</summary>
    /// <param name="logits">[rows, <see cref="Classes"/>].</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The number of classes differs, or a row holds NaN, +∞ or only −∞.</exception>
    Probabilities Apply(Logits logits, int maxThreads = 0);

    /// <summary>Serializes it; <see cref="Calibrators.Load"/> reads it.</summary>
    JsonObject Save(NamedTensors tensors, string prefix);
}
