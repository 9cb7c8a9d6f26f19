using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Evaluation;
using Credence.Models;
using Credence.Shift;

namespace Credence.Workflows.Scores;

/// <summary>The evaluation of a model or of saved scores, perhaps calibrated: all that a screen, JSON and a report tell.</summary>
public sealed record EvaluationOutcome
{
    /// <summary>What was evaluated, such as a file's name.</summary>
    public required string Source { get; init; }

    /// <summary>What made the scores: <c>scores</c>, or the kind of model.</summary>
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

    /// <summary>The calibrator; null where the scores are evaluated as they are.</summary>
    public ICalibrator? Calibrator { get; init; }

    /// <summary>How it was chosen; null where it was not.</summary>
    public CalibratorSelection? Selection { get; init; }

    /// <summary>The prediction sets; null where there are none.</summary>
    public SetResult? Sets { get; init; }

    /// <summary>The policy; null where none was asked for and the model has none.</summary>
    public PolicyResult? Policy { get; init; }

    /// <summary>What the rows, without their labels, say of the class priors; null where the model does not hold them.</summary>
    public (LabelShift Source, LabelShiftEstimate Estimate)? Shift { get; init; }

    /// <summary>How well out-of-distribution rows are detected; null where none were given.</summary>
    public OutlierResult? Outliers { get; init; }

    /// <summary>The adaptive sets, where they were asked for.</summary>
    public AdaptiveResult? Adaptive { get; init; }

    /// <summary>The comparison with another model on the same rows; null where none was named.</summary>
    public ModelComparison? Comparison { get; init; }

    /// <summary>What the other model is called.</summary>
    public string? Against { get; init; }

    /// <summary>What was detected or left out, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What a reader should know before relying on the metrics.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The main finding, in one sentence, where it is not the report's own.</summary>
    public string? Verdict { get; init; }
}
