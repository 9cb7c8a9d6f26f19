using Credence.Models;

namespace Credence.Workflows.Scores;

/// <summary>The evaluation of a classifier of rows with several labels.</summary>
public sealed record MultiLabelEvaluationOutcome
{
    /// <summary>The name of the evaluated model: a file's name.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of the data, or empty.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The classifier.</summary>
    public required MultiLabelClassifier Classifier { get; init; }

    /// <summary>The metrics, before and after calibration.</summary>
    public required MultiLabelEvaluation Evaluation { get; init; }

    /// <summary>What was detected or left out, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
