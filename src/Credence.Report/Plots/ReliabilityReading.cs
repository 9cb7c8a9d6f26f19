using Credence.Evaluation.Results;

namespace Credence.Report.Plots;

/// <summary>How a reliability diagram's bins are read.</summary>
public static class ReliabilityReading
{
    /// <summary>With fewer rows than this, a bin says little and is drawn hollow.</summary>
    public const int Thin = 30;

    /// <summary>The bins that hold rows.</summary>
    public static IReadOnlyList<ReliabilityBin> Filled(IReadOnlyList<ReliabilityBin> bins) =>
        [.. bins.Where(bin => bin.Count > 0 && double.IsFinite(bin.Confidence) && double.IsFinite(bin.Accuracy))];

    /// <summary>Whether a bin has too few rows to say much.</summary>
    public static bool IsThin(ReliabilityBin bin) => bin.Count < Thin;

    /// <summary>Whether the share that was right lies where it would if the confidence meant what it says.</summary>
    public static bool IsInside(ReliabilityBin bin) => bin.Accuracy >= bin.BandLow && bin.Accuracy <= bin.BandHigh;

    /// <summary>Of bins with enough rows, how many lie inside, and how many there are.</summary>
    public static (int Inside, int Told) Score(IReadOnlyList<ReliabilityBin> bins) =>
        (bins.Count(bin => !IsThin(bin) && IsInside(bin)), bins.Count(bin => !IsThin(bin)));
}
