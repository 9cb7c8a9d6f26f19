using Credence.Data.Splits;

namespace Credence.Models.Learning;

/// <summary>A classifier, how it was made, and its evaluation on rows that had no part in making it.</summary>
public sealed record EvaluatedFit
{
    /// <summary>The classifier, whose facts hold the figures of the evaluation.</summary>
    public required Classifier Classifier { get; init; }

    /// <summary>The record of its training.</summary>
    public required ClassifierFit Fit { get; init; }

    /// <summary>The evaluation on the test rows, calibrated and uncalibrated.</summary>
    public required ClassifierEvaluation Evaluation { get; init; }

    /// <summary>Which rows it was trained and evaluated on, by their place among those with a label.</summary>
    public required Split Split { get; init; }

    /// <summary>Notes for the user, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
