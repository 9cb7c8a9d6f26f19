using System.Text.Json.Nodes;
using Credence.Calibration.OneVsRest;
using Credence.Persistence;

namespace Credence.Calibration;

/// <summary>How a map of one class's score against the rest is fitted and read back.</summary>
/// <param name="Fit">Fits it.</param>
/// <param name="Load">Reads what <see cref="IScoreMap.Save"/> wrote.</param>
internal sealed record ScoreMapKind(OneVsRestCalibrator.FitMap Fit, Func<JsonObject, NamedTensors, string, IScoreMap> Load);
