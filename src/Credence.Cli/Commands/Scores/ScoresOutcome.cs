using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Cli.Output;
using Credence.Evaluation;
using Credence.Models;
using Credence.Shift;

namespace Credence.Cli.Commands.Scores;

/// <summary>Scores that were measured, and perhaps calibrated: all that the screen, the JSON and the report tell.</summary>
internal sealed record ScoresOutcome
{
    /// <summary>The shared options.</summary>
    public required Invocation Invocation { get; init; }

    /// <summary>What was measured, such as a file's name.</summary>
    public required string Source { get; init; }

    /// <summary>What made the scores: "scores", or the kind of model.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the data, or empty.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The classes' names.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Rows a model was trained on; 0 where that is not known.</summary>
    public int TrainRows { get; init; }

    /// <summary>Rows the calibrator was fitted on.</summary>
    public int CalibrationRows { get; init; }

    /// <summary>The figures, before and after.</summary>
    public required ClassifierEvaluation Evaluation { get; init; }

    /// <summary>The calibrator; null where the scores are measured as they are.</summary>
    public ICalibrator? Calibrator { get; init; }

    /// <summary>How it was chosen; null where it was not.</summary>
    public CalibratorSelection? Selection { get; init; }

    /// <summary>What the prediction sets did.</summary>
    public SetResult? Sets { get; init; }

    /// <summary>What the policy promises and did; null where none was asked for and the model has none.</summary>
    public PolicyResult? Policy { get; init; }

    /// <summary>What the rows, without their labels, say of the classes' shares; null where the model does not hold them.</summary>
    public (LabelShift Source, LabelShiftEstimate Estimate)? Shift { get; init; }

    /// <summary>How well strange rows are told; null where none were given.</summary>
    public OutlierResult? Strange { get; init; }

    /// <summary>The sets with a moving level, where that was asked for.</summary>
    public AdaptiveResult? Adaptive { get; init; }

    /// <summary>How another model did on the same rows; null where none was named.</summary>
    public ModelComparison? Comparison { get; init; }

    /// <summary>The other model's file.</summary>
    public string? Against { get; init; }

    /// <summary>What was guessed, and what a person should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The most confident mistakes.</summary>
    public IReadOnlyList<Report.Sections.Mistake> Mistakes { get; init; } = [];

    /// <summary>What a reader should know before relying on the figures.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The one sentence to remember, where it is not the report's own.</summary>
    public string? Verdict { get; init; }

    /// <summary>The file that was written, or null.</summary>
    public string? Out { get; init; }
}
