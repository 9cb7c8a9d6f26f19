using System.Text.Json.Nodes;
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
    public static ICalibrator Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        string kind = saved.Text("kind");
        if (kind == ConfidenceCalibration.Name)
            return ConfidenceCalibration.Load(saved, tensors, prefix);

        if (kind == SeenClassesCalibrator.Name)
            return SeenClassesCalibrator.Load(saved, tensors, prefix);

        CalibrationMethod method = CalibrationMethods.All.FirstOrDefault(method => method.Name == kind)
            ?? throw new InvalidDataException($"The model's calibrator is of kind '{kind}', which this version does not know.");
        return method.Load(saved, tensors, prefix);
    }
}
