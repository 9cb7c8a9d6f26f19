using Credence.OutOfDistribution;

namespace Credence.Workflows.Scores;

/// <summary>How well one score separates out-of-distribution rows from known ones.</summary>
/// <param name="Score">The score's name, as <see cref="OutlierScoreNames"/> has it.</param>
/// <param name="Detection">AUROC and false-positive rates.</param>
/// <param name="Tradeoff">What each threshold catches and what it costs among the in-distribution rows.</param>
public sealed record OutlierScoreResult(string Score, OutlierDetection Detection, OutlierTradeoff Tradeoff)
{
    /// <summary>The point at which the in-distribution rows keep an accuracy, those turned away counted as wrong; null where none was asked for or
    /// none does.</summary>
    public OutlierOperatingPoint? AtKnownAccuracy { get; init; }
}
