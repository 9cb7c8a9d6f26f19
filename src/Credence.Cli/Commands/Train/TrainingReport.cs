using Credence.Cli.Output;
using Credence.Features;
using Credence.Linear;
using Credence.Models;
using Credence.Report;
using Credence.Report.Sections;

namespace Credence.Cli.Commands.Train;

/// <summary>Makes the report of a training: everything it tells comes from the outcome.</summary>
internal static class TrainingReport
{
    private const int FeaturesPerClass = 10;
    private const int MostClassesWithFeatures = 30;

    /// <summary>Writes the report, whole or not at all.</summary>
    public static bool Write(TrainingOutcome outcome, string path, CancellationToken cancellation)
    {
        ReportFile.Write(Model(outcome), path, cancellation);
        return true;
    }

    private static ReportModel Model(TrainingOutcome outcome)
    {
        ClassifierEvaluation evaluation = outcome.Evaluation;
        Classifier classifier = outcome.Classifier;
        return new ReportModel
        {
            Title = $"{Path.GetFileName(outcome.Request.Paths[0].TrimEnd('/'))}, {outcome.Data.LabelName}",
            Kind = "Training report",
            Data = Data(outcome.Data, classifier.Pipeline, classifier.Classes, classifier.Facts, outcome.Fit.Notes),
            Evaluation = evaluation.Calibrated,
            Uncalibrated = ReferenceEquals(evaluation.Calibrated, evaluation.Uncalibrated) ? null : evaluation.Uncalibrated,
            Sets = SetResult.Of(classifier.Sets, evaluation.Sets, classifier.Facts.TestRows)?.ToReport(),
            Policy = outcome.Policy?.Sentence(),
            Confusion = ReportSections.Confusion(evaluation.Calibrated),
            Features = Features(classifier.Pipeline, classifier.Model, classifier.Classes),
            Path = outcome.Fit.Path.Curve.Count == 1 ? null : new PathSummary([.. outcome.Fit.Path.Curve.Select(point => (point.Lambda, point.HeldOutLogLoss))], outcome.Fit.Path.Lambda),
            Calibration = ReportSections.Calibration(classifier.Calibrator, outcome.Fit.Calibration),
            Certificate = classifier.Model.Certificate,
            Mistakes = ConfidentMistakes.Of(evaluation, row => row, row => RowExcerpt.Of(outcome.Measured.Features, row)),
            Reproduction = new Reproduction(
                outcome.Request.AsTyped ?? ReportFile.CommandLine(), outcome.Request.Invocation.Seed, outcome.Data.Fingerprint, ReportFile.Version),
        };
    }

    /// <summary>What the data was.</summary>
    public static DataSummary Data(
        TrainingData data, FeaturePipeline pipeline, IReadOnlyList<string> classes, TrainingFacts facts, IReadOnlyList<string> notes) => new()
        {
            Source = data.Description,
            TrainRows = facts.TrainRows,
            CalibrationRows = facts.CalibrationRows,
            TestRows = facts.TestRows,
            DuplicateRows = data.Duplicates,
            Label = data.LabelName,
            Columns = [.. pipeline.Inputs.GroupBy(input => input.Kind)
                .Select(kind => (kind.Key.ToString().ToLowerInvariant(), (IReadOnlyList<string>)[.. kind.Select(input => input.Name)]))],
            Classes = [.. classes.Zip(facts.ClassCounts, (name, count) => (name, (long)count))],
            Notes = [.. data.Notes, .. notes],
        };

    /// <summary>The strongest features of each class.</summary>
    public static ClassFeatures[] Features(FeaturePipeline pipeline, ILinearModel model, IReadOnlyList<string> classes)
    {
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
