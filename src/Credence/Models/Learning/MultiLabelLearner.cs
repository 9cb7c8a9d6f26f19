using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Linear.Path;

namespace Credence.Models.Learning;

/// <summary>Makes a calibrated classifier of rows that may be of several classes, or of none: features, sigmoid regression with its penalty chosen by
/// cross-validation, a calibrator and a threshold a class, both fitted on out-of-fold scores.</summary>
public sealed class MultiLabelLearner
{
    private readonly ClassifierOptions options;

    /// <summary>A learner with the given options; of them those of prediction sets have no meaning here.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or asks for rows for prediction sets.</exception>
    public MultiLabelLearner(ClassifierOptions? options = null)
    {
        this.options = options ?? new ClassifierOptions();
        this.options.Check();
        if (this.options.ConformalFraction > 0)
            throw new ArgumentException("Prediction sets are made of rows with one label each; rows with several have a probability and a threshold a class instead.", nameof(options));
    }

    /// <summary>Makes the classifier.</summary>
    /// <param name="data">Rows with label sets.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the work within a second; nothing is left behind.</param>
    /// <exception cref="InvalidDataException">The rows can't be learnt from; the message says why.</exception>
    public MultiLabelFit Fit(DataSet data, IProgress<LearningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        CheckLabels(data);
        RowCheck.Learnable(data);
        LabelSets labels = data.LabelSets!;
        FeaturePipeline pipeline = FeaturePipeline.Fit(data.Features, null, options.Features, Stages.Features(progress), cancellationToken);
        IFeatureMatrix features = pipeline.Transform(data.Features, cancellationToken: cancellationToken);
        int[] folds = ClassifierLearner.FoldsOf(data, options);
        RegularizationPathResult<SigmoidModel> path = new RegularizationPath(options.Path).Fit(
            [FeatureChoice.Of(features)], labels, folds, data.Weights, Stages.Training(progress), cancellationToken);
        CalibratorSelection? choice = options.Calibrate
            ? ClasswiseSelection.Choose(
                path.OutOfFold, labels, data.Weights, options.CalibrationOf(data, folds), Stages.Calibration(progress), cancellationToken)
            : null;
        ClasswiseCalibration calibrator = (ClasswiseCalibration?)choice?.Calibrator ?? new ClasswiseCalibration(labels.Classes);
        Probabilities held = choice?.CrossFitted(options.MaxThreads) ?? calibrator.Apply(path.OutOfFold, options.MaxThreads);
        double[] thresholds = choice is null ? F1Thresholds.Best(held, labels, data.Weights) : F1Thresholds.Fit(held, labels, data.Weights);
        var facts = new TrainingFacts
        {
            TrainRows = data.Rows,
            CalibrationRows = path.OutOfFold.Rows,
            ClassCounts = labels.Counts(),
            Seed = options.Seed,
            Lambda = path.Lambda,
            L1Ratio = options.L1Ratio,
        };
        return new MultiLabelFit
        {
            Classifier = new MultiLabelClassifier(pipeline, path.Model, calibrator, thresholds, labels.Names, facts),
            Path = path,
            Calibration = choice,
            Notes = pipeline.LeftOut,
        };
    }

    /// <summary>Refuses rows that no classifier can learn from, whatever its options.</summary>
    /// <exception cref="InvalidDataException">There are no rows, no labels, or no class that some rows have and others not.</exception>
    public static void CheckLabels(DataSet data)
    {
        LabelSets labels = data.LabelSets ?? throw new InvalidDataException("The rows have no sets of labels to learn from.");
        if (!labels.Counts().Any(count => count > 0 && count < labels.Count))
        {
            throw new InvalidDataException(data.Rows == 0
                ? "There are no rows to learn from."
                : $"Each of the {labels.Classes} labels is that of all {data.Rows} rows or of none: there is nothing to tell apart. Is it the right column?");
        }
    }
}
