namespace Credence.Models;

/// <summary>The prediction of one row.</summary>
/// <param name="Label">The most probable class; in a tie, the first in <see cref="Classifier.Classes"/>.</param>
/// <param name="Probability">Its calibrated probability.</param>
/// <param name="Top">The most probable classes, in descending order.</param>
/// <param name="Set">The classes of the prediction set, the most probable first; null where the model has no sets.</param>
/// <param name="Abstain">Whether the policy abstains on the row.</param>
public sealed record Prediction(
    string Label,
    double Probability,
    IReadOnlyList<LabelProbability> Top,
    IReadOnlyList<string>? Set,
    bool Abstain)
{
    /// <summary>How many of the row's cells that the model reads are missing.</summary>
    public int MissingCells { get; init; }

    /// <summary>Why the row can't be answered whatever the policy, such as a missing cell that nothing is known of; otherwise
    /// null.</summary>
    public string? Reason { get; init; }

    /// <summary>The action with the lowest expected cost; null without costs.</summary>
    public string? Action { get; init; }

    /// <summary>The expected cost of the action; null without costs.</summary>
    public double? ExpectedCost { get; init; }

    /// <summary>The conformal p-value of the hypothesis that the row is in-distribution; null where the model has no outlier
    /// detector.</summary>
    public double? OutlierPValue { get; init; }

    /// <summary>Whether the row is reported as out-of-distribution, at the requested false-alarm or false-discovery rate; null without an
    /// outlier detector.</summary>
    public bool? IsOutlier { get; init; }

    /// <summary>The predicted labels of a multi-label classifier, the most probable first; otherwise null.</summary>
    public IReadOnlyList<LabelProbability>? Labels { get; init; }
}
