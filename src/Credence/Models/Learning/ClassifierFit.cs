using Credence.Calibration.Selection;
using Credence.Linear;
using Credence.Linear.Path;

namespace Credence.Models.Learning;

/// <summary>A classifier with the story of its making: what was tried, what was chosen, and why.</summary>
public sealed record ClassifierFit
{
    /// <summary>The classifier.</summary>
    public required Classifier Classifier { get; init; }

    /// <summary>The penalties that were tried, and the chosen one.</summary>
    public required RegularizationPathResult<SoftmaxModel> Path { get; init; }

    /// <summary>The calibrators that were tried, and the chosen one; null where none was asked for.</summary>
    public CalibratorSelection? Calibration { get; init; }

    /// <summary>What a person should know of the training rows: a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
