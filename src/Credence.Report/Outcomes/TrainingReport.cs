using Credence.Features;
using Credence.Linear;
using Credence.Linear.Path;
using Credence.LogitModels;
using Credence.Models;
using Credence.Report.Page;
using Credence.Report.Plots;
using Credence.Report.Sections;
using Credence.Workflows.Training;

namespace Credence.Report.Outcomes;

/// <summary>The report of a training: all of its content comes from the outcome.</summary>
public static class TrainingReport
{
    private const int FeaturesPerClass = 10;
    private const int MostClassesWithFeatures = 30;

    /// <summary>The report of a training on rows with one label or with several.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="reproduction">How to reproduce the result; null leaves the section out.</param>
    /// <exception cref="ArgumentException">It is of a kind that has no report.</exception>
    public static ReportModel Of(ITrainingOutcome outcome, Reproduction? reproduction = null) => outcome switch
    {
        TrainingOutcome one => Of(one, reproduction),
        MultiLabelTrainingOutcome several => Of(several, reproduction),
        _ => throw new ArgumentException($"There is no report of a {outcome.GetType().Name}.", nameof(outcome)),
    };

    private static ReportModel Of(TrainingOutcome outcome, Reproduction? reproduction)
    {
        ClassifierEvaluation evaluation = outcome.Evaluation;
        Classifier classifier = outcome.Classifier;
        return Of(outcome, classifier.Pipeline) with
        {
            Uncalibrated = ReportSections.Before(evaluation.Calibrated, evaluation.Uncalibrated),
            Sets = ReportSections.Sets(outcome.Sets),
            Policy = outcome.Policy is null ? null : PolicyText.Sentence(outcome.Policy),
            Confusion = ReportSections.Confusion(evaluation.Calibrated),
            Features = Features(classifier.Pipeline, classifier.Model, classifier.Classes),
            Contributions = MeanContributions.Of(classifier, outcome.Measured.Features),
            Contest = ContestText.Sentence(outcome.Fit),
            Path = outcome.Fit.Path is { Curve.Count: > 1 } path ? Path(path.Curve, path.Lambda) : null,
            Calibration = ReportSections.Calibration(classifier.Calibrator, outcome.Fit.Calibration),
            Certificate = classifier.Model.Certificate,
            Mistakes = ConfidentMistakes.Of(evaluation, row => row, row => RowExcerpt.Of(outcome.Measured.Features, row)),
            Reproduction = reproduction,
        };
    }

    private static ReportModel Of(MultiLabelTrainingOutcome outcome, Reproduction? reproduction)
    {
        MultiLabelClassifier classifier = outcome.Classifier;
        return Of(outcome, classifier.Pipeline) with
        {
            Verdict = MultiLabelText.Verdict(outcome.Calibrated),
            Uncalibrated = outcome.Uncalibrated,
            Features = Features(classifier.Pipeline, classifier.Model, classifier.Classes),
            Path = Path(outcome.Fit.Path.Curve, outcome.Fit.Path.Lambda),
            Calibration = ReportSections.Calibration(classifier.Calibrator, outcome.Fit.Calibration),
            Certificate = classifier.Model.Certificate,
            Reproduction = reproduction,
        };
    }

    /// <summary>What both kinds share: the title, the data and the metrics.</summary>
    private static ReportModel Of(ITrainingOutcome outcome, FeaturePipeline pipeline) => new()
    {
        Title = $"{outcome.Data.Name}, {outcome.Data.LabelName}",
        Kind = "Training report",
        Data = new DataSummary
        {
            Source = outcome.Data.Description,
            TrainRows = outcome.Facts.TrainRows,
            CalibrationRows = outcome.Facts.CalibrationRows,
            TestRows = outcome.Facts.TestRows,
            DuplicateRows = outcome.Data.Duplicates,
            Repeats = outcome.Data.Repeats?.Note ?? "",
            Label = outcome.Data.LabelName,
            Columns = [.. pipeline.Inputs.GroupBy(input => input.Kind)
                .Select(kind => (kind.Key.ToString().ToLowerInvariant(), (IReadOnlyList<string>)[.. kind.Select(input => input.Name)]))],
            Classes = [.. outcome.Classes.Zip(outcome.Facts.ClassCounts, (name, count) => (name, (long)count))],
            Notes = outcome.Notes,
        },
        Evaluation = outcome.Calibrated,
    };

    private static PathSummary Path(IReadOnlyList<PathPoint> curve, double chosen) =>
        new([.. curve.Select(point => (point.Lambda, point.HeldOutLogLoss))], chosen);

    /// <summary>The strongest features of each class; none where the model is not linear.</summary>
    private static ClassFeatures[] Features(FeaturePipeline pipeline, ILogitModel logits, IReadOnlyList<string> classes)
    {
        if (logits is not ILinearModel model)
            return [];

        ReadOnlySpan<float> weights = model.Weights;
        var features = new ClassFeatures[Math.Min(classes.Count, MostClassesWithFeatures)];
        for (int k = 0; k < features.Length; k++)
        {
            var strongest = new PriorityQueue<int, double>();
            for (int j = 0; j < model.Features; j++)
            {
                strongest.Enqueue(j, Math.Abs(weights[(j * classes.Count) + k]));
                if (strongest.Count > FeaturesPerClass)
                    strongest.Dequeue();
            }

            var named = new List<(string Name, double Weight)>();
            while (strongest.TryDequeue(out int j, out _))
                named.Add((pipeline.Names[j], weights[(j * classes.Count) + k]));

            named.Reverse();
            features[k] = new ClassFeatures(classes[k], named);
        }

        return features;
    }
}
