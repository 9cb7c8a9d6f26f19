using Credence.Calibration.Selection;
using Credence.Linear;
using Credence.Linear.Path;

namespace Credence.Models.Learning;

/// <summary>A classifier of rows with several labels with the story of its making.</summary>
public sealed record MultiLabelFit
{
    /// <summary>The classifier.</summary>
    public required MultiLabelClassifier Classifier { get; init; }

    /// <summary>The penalties that were tried, and the chosen one; held-out log losses are means over rows and classes.</summary>
    public required RegularizationPathResult<SigmoidModel> Path { get; init; }

    /// <summary>The calibrators that were tried, and the chosen one; null where none was asked for.</summary>
    public CalibratorSelection? Calibration { get; init; }

    /// <summary>What a person should know of the training rows: a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
