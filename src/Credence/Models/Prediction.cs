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
    /// <summary>Where a row may have several labels, or none: those said of it, the most probable first; else null.</summary>
    public IReadOnlyList<LabelProbability>? Labels { get; init; }
}
