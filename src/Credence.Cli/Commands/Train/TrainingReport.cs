using Credence.Cli.Output;
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
            Data = Data(outcome),
            Evaluation = evaluation.Calibrated,
            Uncalibrated = ReferenceEquals(evaluation.Calibrated, evaluation.Uncalibrated) ? null : evaluation.Uncalibrated,
            Sets = SetResult.Of(classifier.Sets, evaluation.Sets, classifier.Facts.TestRows)?.ToReport(),
            Policy = outcome.Policy?.Sentence(),
            Confusion = ReportSections.Confusion(evaluation.Calibrated),
            Features = Features(classifier),
            Path = new PathSummary([.. outcome.Fit.Path.Curve.Select(point => (point.L2, point.HeldOutLogLoss))], outcome.Fit.Path.L2),
            Calibration = ReportSections.Calibration(classifier.Calibrator, outcome.Fit.Calibration),
            Certificate = classifier.Model.Certificate,
            Mistakes = ConfidentMistakes.Of(evaluation, row => row, row => RowExcerpt.Of(outcome.Measured.Features, row)),
            Reproduction = new Reproduction(
                outcome.Request.AsTyped ?? ReportFile.CommandLine(), outcome.Request.Invocation.Seed, outcome.Data.Fingerprint, ReportFile.Version),
        };
    }

    private static DataSummary Data(TrainingOutcome outcome)
    {
        TrainingFacts facts = outcome.Classifier.Facts;
        return new DataSummary
        {
            Source = outcome.Data.Description,
            TrainRows = facts.TrainRows,
            CalibrationRows = facts.CalibrationRows,
            TestRows = facts.TestRows,
            DuplicateRows = outcome.Data.Duplicates,
            Label = outcome.Data.LabelName,
            Columns = [.. outcome.Classifier.Pipeline.Inputs.GroupBy(input => input.Kind)
                .Select(kind => (kind.Key.ToString().ToLowerInvariant(), (IReadOnlyList<string>)[.. kind.Select(input => input.Name)]))],
            Classes = [.. outcome.Classifier.Classes.Zip(facts.ClassCounts, (name, count) => (name, (long)count))],
            Notes = [.. outcome.Data.Notes, .. outcome.Fit.Notes],
        };
    }

    private static ClassFeatures[] Features(Classifier classifier)
    {
        int classes = Math.Min(classifier.Classes.Count, MostClassesWithFeatures);
        ReadOnlySpan<float> weights = classifier.Model.Weights;
        var features = new ClassFeatures[classes];
        for (int k = 0; k < classes; k++)
        {
            var strongest = new PriorityQueue<int, double>();
            for (int j = 0; j < classifier.Model.Features; j++)
            {
                strongest.Enqueue(j, Math.Abs(weights[(j * classifier.Classes.Count) + k]));
                if (strongest.Count > FeaturesPerClass)
                    strongest.Dequeue();
            }

            var named = new List<(string Name, double Weight)>();
            while (strongest.TryDequeue(out int j, out _))
                named.Add((classifier.Pipeline.Names[j], weights[(j * classifier.Classes.Count) + k]));

            named.Reverse();
            features[k] = new ClassFeatures(classifier.Classes[k], named);
        }

        return features;
    }
}
