namespace Credence.Evaluation.Metrics;

/// <summary>The metrics of labels drawn from the probabilities themselves.</summary>
internal sealed class NullDraw
{
    /// <summary>Accuracy, losses and risks.</summary>
    public required RowMetrics Rows { get; init; }

    /// <summary>The calibration errors.</summary>
    public required CalibrationErrors Errors { get; init; }

    /// <summary>The calibration error of each class's own probability.</summary>
    public required double[] ClassErrors { get; init; }

    /// <summary>The least p-value of the classes' own tests; NaN where none can be tested.</summary>
    public required double LeastClassPValue { get; init; }

    /// <summary>The classwise error of uneven gaps at each of <see cref="ScaledGaps.Shares"/> with this draw's noise.</summary>
    public required double[] ClasswiseLow { get; init; }

    /// <summary>The same of the gaps as they were seen.</summary>
    public required double[] ClasswiseHigh { get; init; }

    /// <summary>The reduction of log loss and Brier score by the best temperature.</summary>
    public required (double LogLoss, double Brier) Gain { get; init; }

    /// <summary>The recalibrated confidence at each point of the reliability curve.</summary>
    public required double[] Curve { get; init; }
}
