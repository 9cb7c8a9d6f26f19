using System.Text.Json.Nodes;
using Credence.Calibration.OneVsRest;
using Credence.Calibration.Scaling;
using Credence.Persistence;

namespace Credence.Calibration.Selection;

/// <summary>Reads calibrators back.</summary>
public static class Calibrators
{
    /// <summary>Reads what an <see cref="ICalibrator.Save"/> wrote.</summary>
    /// <param name="saved">The description.</param>
    /// <param name="tensors">The file's tensors.</param>
    /// <param name="prefix">The prefix it was saved under.</param>
    /// <exception cref="InvalidDataException">Something is missing or out of range, or the kind is not known.</exception>
    public static ICalibrator Load(JsonObject saved, NamedTensors tensors, string prefix) => saved.Text("kind") switch
    {
        ConfidenceCalibration.Name => ConfidenceCalibration.Load(saved, tensors, prefix),
        "none" => IdentityCalibrator.Load(saved),
        "temperature" => TemperatureScaling.Load(saved),
        "bias-corrected-temperature" => BiasCorrectedTemperatureScaling.Load(saved, tensors, prefix),
        VectorScaling.Plain or VectorScaling.Structured => VectorScaling.Load(saved, tensors, prefix),
        DirichletCalibration.Name or MatrixScaling.Free or MatrixScaling.Structured or MatrixScaling.StructuredWithBias => MatrixScaling.Load(saved, tensors, prefix),
        PlattScaling.Name or BetaCalibration.Name => OneVsRestCalibrator.Load(saved, tensors, prefix, LogisticMap.Load),
        IsotonicCalibration.Name or IsotonicCalibration.CentredName or HistogramBinning.Name or ScalingBinning.Name =>
            OneVsRestCalibrator.Load(saved, tensors, prefix, KnotMap.Load),
        VennAbersCalibration.Name => OneVsRestCalibrator.Load(saved, tensors, prefix, VennAbersMap.Load),
        string kind => throw new InvalidDataException($"The model's calibrator is of kind '{kind}', which this version does not know."),
    };
}
