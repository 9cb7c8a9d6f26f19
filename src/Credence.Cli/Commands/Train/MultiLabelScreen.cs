using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Models;
using Credence.Report.Formatting;
using Credence.Workflows.Training;

namespace Credence.Cli.Commands.Train;

/// <summary>The terminal output of training on rows with several labels.</summary>
internal static class MultiLabelScreen
{
    private const int MostThresholds = 12;

    /// <summary>Shows it.</summary>
    public static void Show(MultiLabelTrainingOutcome outcome, TrainingRequest request)
    {
        Invocation invocation = request.Invocation;
        MultiLabelClassifier classifier = outcome.Classifier;
        Display screen = Screen.Create(invocation.Out, invocation.OutIsTerminal);
        string measured = outcome.Folds > 0
            ? $"evaluated on all of them by {outcome.Folds}-fold cross-validation"
            : $"evaluated on {NumberText.Count(classifier.Facts.TestRows, "held-out row")}";
        string calibration = outcome.Fit.Calibration is null || classifier.Calibrator.Method == "none"
            ? "none: uncalibrated sigmoids"
            : $"{classifier.Calibrator.Method}, one map per label";
        string rows = NumberText.Count(classifier.Facts.TrainRows, "row"), labels = NumberText.Count(classifier.Classes.Count, "label");
        if (outcome.Data.Layout is { } layout)
            screen.Write(ReadingTable.Of(layout, classifier.Pipeline.Inputs));

        screen.WriteLine($"Trained on {rows}, {labels}, several per row; {measured}.");
        screen.Write(MetricsTable.Of(outcome.Calibrated, outcome.Uncalibrated));
        screen.WriteLine($"Calibration: {calibration}");
        screen.WriteLine($"Thresholds: {Thresholds(classifier)}");
        screen.WriteLine($"Wrote {request.Out}{(request.Report is { } report ? $" and {report}" : "")}");
    }

    /// <summary>The thresholds in a few words.</summary>
    public static string Thresholds(MultiLabelClassifier classifier)
    {
        IEnumerable<string> named = classifier.Classes.Zip(
            classifier.Thresholds, (name, threshold) => $"{name} {NumberText.Figure(threshold)}");
        return string.Join(", ", named.Take(MostThresholds))
            + (classifier.Classes.Count > MostThresholds ? $" and {classifier.Classes.Count - MostThresholds} more" : "");
    }
}
