using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Splits;
using Credence.Evaluation.Results;
using Credence.Models;
using Credence.Models.Learning;

namespace Credence.Workflows.Training;

/// <summary>Training on rows with several labels: a probability and a threshold per class.</summary>
internal static class MultiLabelTraining
{
    /// <exception cref="WorkflowOptionException">An option does not apply to such rows.</exception>
    public static void Check(ClassifierOptions options)
    {
        if (options.ConformalFraction > 0)
        {
            throw new WorkflowOptionException(
                "Rows held out for prediction sets need one label per row: "
                + "with several, each label has a probability and a threshold in place of a set.",
                nameof(options.ConformalFraction));
        }

        if (options.Models.Any(model => model is not (ModelName.Linear or ModelName.Auto)))
        {
            throw new WorkflowOptionException(
                "Rows with several labels can only be trained on by the linear model; trees and networks need one label per row.",
                nameof(options.Models));
        }

        ConformalOptions sets = options.Sets, usual = new() { AcceptRareParts = sets.AcceptRareParts, Seed = sets.Seed };
        (bool IsAsked, string Option)[] ofOneLabel =
        [
            (sets != usual, nameof(options.Sets)), (options.Policy.IsAsked, nameof(options.Policy)),
            (options.Shift != default, nameof(options.Shift)),
            (options.Outliers is not null || options.FeatureOutliers is not null, nameof(options.Outliers)),
        ];
        if (ofOneLabel.FirstOrDefault(option => option.IsAsked).Option is { } unfit)
        {
            throw new WorkflowOptionException(
                "This needs one label per row; with several, each label has a probability and a threshold of its own.", unfit);
        }

        string[] methods = [.. CalibrationMethods.Classwise.Select(known => known.Name)];
        if (options.Calibration.Methods is [var method] && !methods.Contains(method))
        {
            throw new WorkflowOptionException(
                $"The calibration method '{method}' needs one label per row; for several there are auto, {string.Join(", ", methods)}.",
                nameof(options.Calibration));
        }
    }

    /// <summary>Trains and evaluates.</summary>
    public static MultiLabelTrainingOutcome Run(
        TrainingWorkflowOptions options, TrainingData data, StageReporter stages, CancellationToken cancellationToken)
    {
        Check(options.Classifier);
        EvaluationOptions measuring = options.EvaluationOrDefault;
        int folds = data.Test is null ? options.Folds : 0;
        MultiLabelEvaluation? crossed = folds == 0 ? null : MultiLabelEvaluation.Crossed(
            data.Train,
            Folds.Stratified(data.Train, folds, options.Classifier.Seed),
            (train, fold) => Learn(train, $"fold {fold + 1} of {folds}").Classifier,
            measuring,
            cancellationToken);
        MultiLabelFit fit = Learn(data.Train, WorkflowStage.Training);
        stages.Notes(fit.Notes);
        MultiLabelEvaluation evaluation = crossed
            ?? stages.Run(WorkflowStage.Evaluating, _ => fit.Classifier.Evaluate(data.Test!, measuring, cancellationToken));
        TrainingFacts facts = fit.Classifier.Facts with
        {
            Data = data.Description,
            DataFingerprint = data.Fingerprint,
            Layout = data.Layout,
        };
        facts = facts.Evaluated(evaluation.Truth.Count, evaluation.Calibrated, evaluation.Uncalibrated);
        return new MultiLabelTrainingOutcome
        {
            Data = data,
            Fit = fit,
            Classifier = fit.Classifier.With(facts),
            Evaluation = evaluation,
            Folds = folds,
        };

        MultiLabelFit Learn(DataSet rows, string stage) =>
            stages.Learn(stage, told => new MultiLabelLearner(options.Classifier).Fit(rows, told, cancellationToken));
    }
}
