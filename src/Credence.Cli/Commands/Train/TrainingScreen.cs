using Credence.Calibration;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Models;
using Credence.Report.Formatting;
using Credence.Report.Outcomes;
using Credence.Workflows.Training;
using Spectre.Console;

namespace Credence.Cli.Commands.Train;

/// <summary>The terminal output of training.</summary>
internal static class TrainingScreen
{
    /// <summary>Shows it.</summary>
    public static void Show(TrainingOutcome outcome, TrainingRequest request)
    {
        Invocation invocation = request.Invocation;
        Display screen = Screen.Create(invocation.Out, invocation.OutIsTerminal);
        TrainingFacts facts = outcome.Classifier.Facts;
        string measured = outcome.Folds > 0
            ? $"evaluated on all of them by {outcome.Folds}-fold cross-validation"
            : $"evaluated on {NumberText.Count(facts.TestRows, "held-out row")}";
        if (outcome.Data.Layout is { } layout)
            screen.Write(ReadingTable.Of(layout, outcome.Classifier.Pipeline.Inputs));

        screen.WriteLine($"Trained on {NumberText.Count(facts.TrainRows, "row")}, {outcome.Classifier.Classes.Count} classes; {measured}.");
        if (MetricsTable.Verdict(outcome.Evaluation.Calibrated, outcome.Evaluation.Uncalibrated) is { } verdict)
            screen.WriteLine(verdict);

        screen.Write(MetricsTable.Of(outcome.Evaluation.Calibrated, outcome.Evaluation.Uncalibrated));
        if (ContestText.Sentence(outcome.Fit) is { } contest)
            screen.WriteLine($"Model: {contest}");

        screen.WriteLine($"Calibration: {Calibration(outcome.Classifier.Calibrator)}");
        if (outcome.Sets is { } sets)
            screen.WriteLine(SetOutput.Sentence(sets));

        if (outcome.Policy is { } policy)
            screen.WriteLine($"Policy: {PolicyText.Sentence(policy)}");

        screen.WriteLine($"Wrote {request.Out}{(request.Report is { } report ? $" and {report}" : "")}");
    }

    /// <summary>A calibrator and its fitted parameters, in a few words.</summary>
    public static string Calibration(ICalibrator calibrator) => calibrator is IdentityCalibrator
        ? "none: no method lowered the cross-validated log loss"
        : calibrator.Method + (calibrator.Parameters.Count == 0
            ? ""
            : $" ({string.Join(", ", calibrator.Parameters.Take(4).Select(parameter => $"{parameter.Name} {parameter.Value:0.####}"))})");
}
