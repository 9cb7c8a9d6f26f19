using System.Globalization;

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

    /// <summary>The prediction in a line: "cat 91.4 %, dog 8.1 %; set: cat, dog", and what a program must not overlook.</summary>
    public override string ToString()
    {
        var parts = new List<string> { string.Join(", ", Labels ?? Top) };
        if (Labels is { Count: 0 })
            parts[0] = $"no label (the most probable: {string.Join(", ", Top)})";

        if (Set is not null)
            parts.Add(Set.Count == 0 ? "set: empty" : $"set: {string.Join(", ", Set)}");

        if (Action is not null)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"action: {Action} (expected cost {ExpectedCost:0.####})"));

        if (IsOutlier == true)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"outlier (p = {OutlierPValue:0.####})"));

        if (MissingCells > 0)
            parts.Add($"{MissingCells} missing {(MissingCells == 1 ? "cell" : "cells")}");

        if (Abstain)
            parts.Add(Reason is null ? "abstains" : $"abstains: {Reason}");

        return string.Join("; ", parts);
    }
}
