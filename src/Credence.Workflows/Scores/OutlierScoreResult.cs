using Credence.OutOfDistribution;

namespace Credence.Workflows.Scores;

/// <summary>How well one score separates out-of-distribution rows from in-distribution ones.</summary>
/// <param name="Score">The score's name, as <see cref="OutlierScoreNames"/> has it.</param>
/// <param name="Detection">AUROC and false-positive rates.</param>
/// <param name="Tradeoff">The detection rate and the cost among in-distribution rows at each threshold.</param>
public sealed record OutlierScoreResult(string Score, OutlierDetection Detection, OutlierTradeoff Tradeoff)
{
    /// <summary>The operating point that keeps an accuracy on in-distribution rows, rejected ones counted as wrong; null where none was
    /// requested or
    /// none does.</summary>
    public OutlierOperatingPoint? AtKnownAccuracy { get; init; }
}
