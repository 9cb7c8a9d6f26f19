using Credence.Data.Splits;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Learning;

namespace Credence.Workflows.Scores;

/// <summary>Fits a calibrator to saved scores of any system, and evaluates before and after on rows it was not fitted on. Nothing is
/// written.</summary>
public sealed class CalibrationWorkflow
{
    private readonly ScoreCalibrationOptions options;

    /// <summary>A workflow with the given options.</summary>
    /// <param name="options">Methods, rows to fit on, sets, policy. The groups of rows are those of the scores.</param>
    public CalibrationWorkflow(ScoreCalibrationOptions? options = null) => this.options = options ?? new ScoreCalibrationOptions();

    /// <summary>Fits and evaluates.</summary>
    /// <param name="scores">Scores with labels, checked by <see cref="ScoreInput.ReadLabelled"/>.</param>
    /// <param name="progress">Receives each stage and note.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="WorkflowOptionException">There are no labels, or the rows to fit on are out of range.</exception>
    /// <exception cref="ArgumentException">Another option is out of range.</exception>
    /// <exception cref="InvalidDataException">There are too few rows with a label.</exception>
    public CalibrationOutcome Run(
        SavedScores scores, IProgress<WorkflowProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var stages = new StageReporter(progress);
        CalibrationOutcome outcome = Run(scores, stages, cancellationToken);
        stages.Notes(outcome.Fit.Notes);
        return outcome;
    }

    internal CalibrationOutcome Run(SavedScores scores, StageReporter stages, CancellationToken cancellationToken)
    {
        ScoreInput.CheckLabelled(scores);
        if (options.FitRows is { } part && !(part.First >= 0 && part.First < part.End && part.End <= scores.Rows))
        {
            throw new WorkflowOptionException(
                $"The rows to fit on are {part.First} to {part.End}; give at least one row, within 0 and {scores.Rows}.",
                nameof(options.FitRows));
        }

        Split? split = ScoreSplit.Of(scores, options.TestFraction);
        if (split is not null && options.FitRows is not null)
        {
            throw new WorkflowOptionException(
                "Both a range and a column say which rows to fit on; give one.", nameof(options.FitRows));
        }

        ScoreCalibration calibration = new(options with
        {
            Groups = scores.Groups,
            Resolution = options.Resolution ?? scores.Resolution,
            Weights = scores.Weights,
            Split = split ?? options.Split,
        });
        ScoreCalibrationFit fit = stages.Fit(WorkflowStage.Calibrating, told => calibration.Fit(
            scores.RequiredKind(), scores.Values, scores.Labels!, told, cancellationToken));
        string name = DataInput.FileName(scores.Name);
        TrainingFacts facts = fit.Calibrator.Facts with { Data = name, DataFingerprint = scores.Fingerprint };
        fit = fit with { Calibrator = fit.Calibrator.With(facts) };
        ClassifierEvaluation evaluation = fit.Evaluation;
        return new CalibrationOutcome
        {
            Scores = scores,
            Fit = fit,
            MaxThreads = options.MaxThreads,
            Evaluation = new EvaluationOutcome
            {
                Source = name,
                Model = "scores",
                Fingerprint = scores.Fingerprint,
                Classes = scores.Classes,
                CalibrationRows = fit.Calibrator.Facts.CalibrationRows,
                Evaluation = evaluation,
                Rows = fit.MeasuredRows,
                Calibrator = fit.Calibrator.Calibrator,
                Floor = fit.Calibrator.Floor,
                Selection = fit.Selection,
                Policy = PolicyResult.Of(options.Policy, evaluation.Probabilities, evaluation.Labels, options.Selection.Seed),
                Sets = evaluation.Sets is null ? null : SetResult.Of(
                    fit.Calibrator.Sets, evaluation.Sets, evaluation.Labels.Count, crossed: true),
                Notes = [.. scores.Notes, .. fit.Notes],
            },
        };
    }
}
