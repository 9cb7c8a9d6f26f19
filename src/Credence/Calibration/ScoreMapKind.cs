using System.Text.Json.Nodes;
using Credence.Persistence;

namespace Credence.Calibration;

/// <summary>How a map of one class's score against the rest is fitted and read back.</summary>
/// <param name="Fit">Fits it.</param>
/// <param name="Load">Reads what <see cref="IScoreMap.Save"/> wrote.</param>
internal sealed record ScoreMapKind(ScoreMapFit Fit, Func<JsonObject, NamedTensors, string, IScoreMap> Load);

/// <summary>Fits a map of one class's score against the rest.</summary>
/// <param name="scores">The score of each row.</param>
/// <param name="isClass">Whether the row is of the class.</param>
/// <param name="weights">A weight a row.</param>
internal delegate IScoreMap ScoreMapFit(ReadOnlySpan<OneVsRestScore> scores, ReadOnlySpan<bool> isClass, ReadOnlySpan<double> weights);
