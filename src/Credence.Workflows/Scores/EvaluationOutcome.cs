using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Evaluation;
using Credence.Models;
using Credence.Shift;

namespace Credence.Workflows.Scores;

/// <summary>The evaluation of a model or of saved scores, perhaps calibrated: the content of the screen, JSON and the report.</summary>
public sealed record EvaluationOutcome
{
    /// <summary>The name of the evaluated model or scores, such as a file's name.</summary>
    public required string Source { get; init; }

    /// <summary>The source of the scores: <c>scores</c>, or the kind of model.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the data, or empty.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The classes' names.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Rows a model was trained on; 0 where that is not known.</summary>
    public int TrainRows { get; init; }

    /// <summary>Rows the calibrator was fitted on.</summary>
    public int CalibrationRows { get; init; }

    /// <summary>The metrics, before and after calibration.</summary>
    public required ClassifierEvaluation Evaluation { get; init; }

    /// <summary>The 0-based numbers, in the data, of the rows evaluated, in the order of the evaluation.</summary>
    public required IReadOnlyList<int> Rows { get; init; }

    /// <summary>The rows evaluated; null where only their scores are known.</summary>
    public DataSet? Measured { get; init; }

    /// <summary>The calibrator; null where the scores are evaluated uncalibrated.</summary>
    public ICalibrator? Calibrator { get; init; }

    /// <summary>Smaller probabilities are raised to this before the calibrator; 0 where none is.</summary>
    public double Floor { get; init; }

    /// <summary>The selection of the calibrator; null where it was not selected.</summary>
    public CalibratorSelection? Selection { get; init; }

    /// <summary>The prediction sets; null where there are none.</summary>
    public SetResult? Sets { get; init; }

    /// <summary>The policy; null where none was requested and the model has none.</summary>
    public PolicyResult? Policy { get; init; }

    /// <summary>The class priors estimated from the rows without labels; null where the model does not store priors.</summary>
    public (LabelShift Source, LabelShiftEstimate Estimate)? Shift { get; init; }

    /// <summary>How well out-of-distribution rows are detected; null where none were given.</summary>
    public OutlierResult? Outliers { get; init; }

    /// <summary>The adaptive sets, where they were requested.</summary>
    public AdaptiveResult? Adaptive { get; init; }

    /// <summary>The comparison with another model on the same rows; null where none was named.</summary>
    public ModelComparison? Comparison { get; init; }

    /// <summary>The name of the other model.</summary>
    public string? Against { get; init; }

    /// <summary>What was detected or left out, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Warnings about the metrics.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The main finding, in one sentence; null uses the report's own.</summary>
    public string? Verdict { get; init; }
}
