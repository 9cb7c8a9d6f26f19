using Credence.Evaluation.Results;

namespace Credence.Report.Plots;

/// <summary>How a reliability diagram's bins are read.</summary>
public static class ReliabilityReading
{
    /// <summary>A bin with fewer rows than this is inconclusive and is drawn hollow.</summary>
    public const int Thin = 30;

    /// <summary>The bins that hold rows.</summary>
    public static IReadOnlyList<ReliabilityBin> Filled(IReadOnlyList<ReliabilityBin> bins) =>
        [.. bins.Where(bin => bin.Count > 0 && double.IsFinite(bin.Confidence) && double.IsFinite(bin.Accuracy))];

    /// <summary>Whether a bin has too few rows to be conclusive.</summary>
    public static bool IsThin(ReliabilityBin bin) => bin.Count < Thin;

    /// <summary>Whether the observed frequency lies in the band of a calibrated model.</summary>
    public static bool IsInside(ReliabilityBin bin) => bin.Accuracy >= bin.BandLow && bin.Accuracy <= bin.BandHigh;

    /// <summary>The number of bins with enough rows that lie inside the band, and the number of such bins.</summary>
    public static (int Inside, int Told) Score(IReadOnlyList<ReliabilityBin> bins) =>
        (bins.Count(bin => !IsThin(bin) && IsInside(bin)), bins.Count(bin => !IsThin(bin)));
}
