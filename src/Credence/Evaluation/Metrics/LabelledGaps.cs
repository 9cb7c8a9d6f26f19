namespace Credence.Evaluation.Metrics;

/// <summary>Rows with one set of labels, and the sums that several calibration errors are made of.</summary>
/// <param name="rows">The rows, in the order of confidence.</param>
/// <param name="gaps">Each row's w·(confidence − correct) / n in that order.</param>
/// <param name="correct">Whether each is right.</param>
internal readonly ref struct LabelledGaps(SortedRows rows, ReadOnlySpan<double> gaps, ReadOnlySpan<bool> correct)
{
    /// <summary>The rows, in the order of confidence.</summary>
    public SortedRows Rows { get; } = rows;

    /// <summary>Each row's w·(confidence − correct) / n.</summary>
    public ReadOnlySpan<double> Gaps { get; } = gaps;

    /// <summary>Whether each row is right.</summary>
    public ReadOnlySpan<bool> Correct { get; } = correct;

    /// <summary>The gaps' sum in each equal-width bin.</summary>
    public required double[] Width { get; init; }

    /// <summary>The gaps' sum in each bin of equal count.</summary>
    public required double[] Mass { get; init; }

    /// <summary>[classes, bins]: the same of each class's own probability.</summary>
    public required double[] ClassGaps { get; init; }

    /// <summary>The smooth calibration error: of the data as near as can be, of a draw on a coarser grid.</summary>
    public required double Smooth { get; init; }

    /// <summary>The reduction of the top label's Brier score by isotonic recalibration.</summary>
    public required double Miscalibration { get; init; }

    /// <summary>What does not depend on the labels.</summary>
    public required CalibrationMetrics Fixed { get; init; }
}
