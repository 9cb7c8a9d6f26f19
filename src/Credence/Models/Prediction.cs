namespace Credence.Models;

/// <summary>What a classifier says of one row.</summary>
/// <param name="Label">The most probable class; of equals the one that stands first in <see cref="Classifier.Classes"/>.</param>
/// <param name="Probability">Its calibrated probability.</param>
/// <param name="Top">The most probable classes, falling.</param>
/// <param name="Set">The classes of the prediction set, the most probable first; null where the model has no sets.</param>
/// <param name="Abstain">Whether it is wiser not to act on the label, by the policy asked for.</param>
public sealed record Prediction(
    string Label,
    double Probability,
    IReadOnlyList<LabelProbability> Top,
    IReadOnlyList<string>? Set,
    bool Abstain)
{
    /// <summary>The action of least expected cost; null without costs.</summary>
    public string? Action { get; init; }

    /// <summary>What the action is expected to cost; null without costs.</summary>
    public double? ExpectedCost { get; init; }

    /// <summary>How seldom a row of the known kind is as strange as this one, a conformal p-value; null where the model can't tell.</summary>
    public double? OutlierPValue { get; init; }

    /// <summary>Whether it is called strange, at the false-alarm rate or the false-discovery rate asked for; null where the model can't tell.</summary>
    public bool? IsOutlier { get; init; }

    /// <summary>Where a row may have several labels, or none: those said of it, the most probable first; else null.</summary>
    public IReadOnlyList<LabelProbability>? Labels { get; init; }
}
