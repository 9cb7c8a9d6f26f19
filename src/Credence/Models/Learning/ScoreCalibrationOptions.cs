using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Decisions;
using Credence.Evaluation.Results;
using Credence.Shift;

namespace Credence.Models.Learning;

/// <summary>How saved scores are calibrated and measured.</summary>
public sealed record ScoreCalibrationOptions
{
    /// <summary>Which methods take part, and how one is chosen.</summary>
    public CalibratorSelectionOptions Selection { get; init; } = new();

    /// <summary>The rows to fit on, first and end (excluded), 0-based; the rest is measured on. Null fits on all and measures by cross-fitting.</summary>
    public (int First, int End)? FitRows { get; init; }

    /// <summary>Probabilities below count as this, from 0 to below 1; null takes <see cref="ScoreCalibration.DefaultFloor"/> where one is exactly 0.</summary>
    public double? Floor { get; init; }

    /// <summary>The prediction sets' α and score.</summary>
    public ConformalOptions Sets { get; init; } = new();

    /// <summary>Whether to answer, and what to do; answers always by default.</summary>
    public PolicyOptions Policy { get; init; } = new();

    /// <summary>How the classes' shares among rows to come are estimated.</summary>
    public LabelShiftMethod Shift { get; init; }

    /// <summary>The group of each row, null where it is missing; null where there are none. Each group gets a calibrator of its own where that is clearly
    /// better, and the figures are given by group too.</summary>
    public IReadOnlyList<string?>? Groups { get; init; }

    /// <summary>The name of the column of groups, kept in the file so that rows to come find theirs.</summary>
    public string GroupColumn { get; init; } = "group";

    /// <summary>Bins and draws of the figures.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>The most threads to use; 0 for one a core. Results don't depend on it.</summary>
    public int MaxThreads { get; init; }
}
