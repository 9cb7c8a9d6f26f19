using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Data.Splits;
using Credence.Decisions;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Linear.Path;

namespace Credence.Models.Learning;

/// <summary>Trains a calibrated multi-label classifier, whose rows may have several classes or none: features, sigmoid regression with its
/// penalty chosen by
/// cross-validation, and a calibrator and a threshold per class, both fitted on out-of-fold scores.</summary>
public sealed class MultiLabelLearner
{
    private readonly ClassifierOptions options;

    /// <summary>A learner with the given options; those of prediction sets do not apply.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or reserves rows for prediction sets.</exception>
    public MultiLabelLearner(ClassifierOptions? options = null)
    {
        this.options = options ?? new ClassifierOptions();
        this.options.Check();
        if (this.options.ConformalFraction > 0)
            throw new ArgumentException("Prediction sets need rows with one label each; multi-label rows have a probability and a "
                + "threshold per class instead.", nameof(options));
    }

    /// <summary>Trains the classifier.</summary>
    /// <param name="data">Rows with label sets.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the work within a second.</param>
    /// <exception cref="InvalidDataException">The rows are unsuitable for training; the message says why.</exception>
    public MultiLabelFit Fit(DataSet data, IProgress<LearningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckLabels(data);
        RowCheck.Learnable(data);
        data = RowRepeats.Decided(data, options.Repeats);
        LabelSets labels = data.LabelSets!;
        FeaturePipeline pipeline = FeaturePipeline.Fit(data.Features, null, options.Features, Stages.Features(progress), cancellationToken);
        IFeatureMatrix features = pipeline.Apply(data.Features, cancellationToken: cancellationToken);
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
            Data = data.Description,
            DataFingerprint = data.Description.Length == 0 ? "" : DataFingerprint.Of(data),
            TrainRows = data.Rows,
            CalibrationRows = path.OutOfFold.Rows,
            ClassCounts = labels.Counts(),
            Seed = options.Seed,
            Lambda = path.Lambda,
            L1Ratio = options.L1Ratio,
        };
        return new MultiLabelFit
        {
            Classifier = new MultiLabelClassifier(pipeline, path.Model, calibrator, thresholds, labels.Names, facts)
            {
                StoredRows = StoredRows.Draw(data.Features, pipeline, options.StoreRows, options.Seed, cancellationToken),
            },
            Path = path,
            Calibration = choice,
            Notes = pipeline.LeftOut,
        };
    }

    /// <summary>Rejects rows that no classifier can be trained on.</summary>
    /// <exception cref="InvalidDataException">There are no rows, no labels, or no class that some rows have and others not.</exception>
    public static void CheckLabels(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        LabelSets labels = data.LabelSets ?? throw new InvalidDataException("The rows have no label sets; training needs them.");
        if (!labels.Counts().Any(count => count > 0 && count < labels.Count))
        {
            throw new InvalidDataException(data.Rows == 0
                ? "There are no training rows."
                : $"Each of the {labels.Classes} labels is in all {data.Rows} rows or in none; one must be in some rows only. Is this the "
                    + "right label column?");
        }
    }
}
