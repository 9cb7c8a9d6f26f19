using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Data.Scores;
using Credence.Data.Splits;
using Credence.Decisions;
using Credence.Evaluation.Results;
using Credence.Shift;

namespace Credence.Models.Learning;

/// <summary>Options of calibrating and evaluating saved scores.</summary>
public sealed record ScoreCalibrationOptions
{
    /// <summary>The scores in a few words, which the calibrator keeps.</summary>
    public string Description { get; init; } = "";

    /// <summary>The candidate methods and how one is chosen.</summary>
    public CalibratorSelectionOptions Selection { get; init; } = new();

    /// <summary>The rows to fit on, first and end (excluded), 0-based; the rest is for evaluation. Null fits on all rows and evaluates by
    /// cross-fitting.</summary>
    public (int First, int End)? FitRows { get; init; }

    /// <summary>The rows to fit on (train and validation) and those to evaluate on (test), in place of <see cref="FitRows"/>.</summary>
    public Split? Split { get; init; }

    /// <summary>The share of rows to evaluate on where they are split by time, above 0 and below 1.</summary>
    public double TestFraction { get; init; } = 0.2;

    /// <summary>How much each row counts in the fit and in the metrics; null for all alike. Prediction sets and policies count
    /// rows.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>Smaller probabilities are raised to this, from 0 to below 1; null takes <see cref="ScoreResolution.Floor"/>.</summary>
    public double? Floor { get; init; }

    /// <summary>Whether the scores are taken as they are given: nothing is undone, however strong the evidence (see
    /// <see cref="ScoreUndoing"/>).</summary>
    public bool AsGiven { get; init; }

    /// <summary>The resolution of the probabilities as they were saved, where they were scaled since; null detects it.</summary>
    public ScoreResolution? Resolution { get; init; }

    /// <summary>The prediction sets' α and score.</summary>
    public ConformalOptions Sets { get; init; } = new();

    /// <summary>The policy that decides when to answer and which action to take; by default it always answers.</summary>
    public PolicyOptions Policy { get; init; } = new();

    /// <summary>How the class prior of new rows is estimated.</summary>
    public LabelShiftMethod Shift { get; init; }

    /// <summary>The group of each row, null where it is missing; null where there are none. Few groups are kinds of rows: each gets its own
    /// calibrator where that is clearly better, and the metrics are reported by group too. Ten groups or more are clusters of rows that
    /// depend on each other: folds keep them together, and intervals and nulls are of clusters.</summary>
    public IReadOnlyList<string?>? Groups { get; init; }

    /// <summary>The name of the column of groups, kept in the file to find the groups of new rows.</summary>
    public string GroupColumn { get; init; } = "group";

    /// <summary>Bins and draws of the metrics.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>Whether the calibrator is fitted and evaluated on the same rows, each row by a fit without it.</summary>
    internal bool IsCrossFitted => FitRows is null && Split is null;

    /// <summary>The maximum number of threads; 0 for one per core. Results don't depend on it.</summary>
    public int MaxThreads { get; init; }
}
