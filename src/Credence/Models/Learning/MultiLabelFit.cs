using Credence.Calibration.Selection;
using Credence.Linear;
using Credence.Linear.Path;

namespace Credence.Models.Learning;

/// <summary>A multi-label classifier with a record of its training.</summary>
public sealed record MultiLabelFit
{
    /// <summary>The classifier.</summary>
    public required MultiLabelClassifier Classifier { get; init; }

    /// <summary>The penalties that were tried, and the chosen one; held-out log losses are means over rows and classes.</summary>
    public required RegularizationPathResult<SigmoidModel> Path { get; init; }

    /// <summary>The calibrators that were tried and the chosen one; null where none was requested.</summary>
    public CalibratorSelection? Calibration { get; init; }

    /// <summary>Notes on the training rows for the user, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
