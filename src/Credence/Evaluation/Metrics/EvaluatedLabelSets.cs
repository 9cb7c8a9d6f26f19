using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>The quantities of rows with several labels from which their metrics are computed.</summary>
/// <param name="Count">The rows.</param>
/// <param name="Options">How to evaluate.</param>
/// <param name="Means">What follows under the rows' own weights.</param>
/// <param name="Drawn">The same of each bootstrap draw.</param>
/// <param name="Ranked">How well each class is ranked against the others.</param>
/// <param name="Calibration">Each class's calibration error, and of each draw of labels.</param>
/// <param name="Effective">The effective number of rows.</param>
internal sealed record EvaluatedLabelSets(
    int Count, EvaluationOptions Options, MultiLabelMeans Means, MultiLabelMeans[] Drawn,
    RankedClass[] Ranked, MultiLabelCalibration Calibration, double Effective);
