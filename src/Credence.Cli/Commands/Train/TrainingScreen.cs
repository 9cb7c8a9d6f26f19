using Credence.Calibration;
using Credence.Cli.Output;
using Credence.Models;
using Credence.Report;
using Spectre.Console;

namespace Credence.Cli.Commands.Train;

/// <summary>What a person at a terminal reads after training.</summary>
internal static class TrainingScreen
{
    /// <summary>Shows it.</summary>
    public static void Show(TrainingOutcome outcome)
    {
        Invocation invocation = outcome.Request.Invocation;
        IAnsiConsole screen = Screen.Create(invocation.Out, invocation.OutIsTerminal);
        TrainingFacts facts = outcome.Classifier.Facts;
        string measured = outcome.Folds > 0
            ? $"measured on all of them by {outcome.Folds} folds"
            : $"measured on {NumberText.Count(facts.TestRows, "row")} it never saw";
        screen.WriteLine($"Trained on {NumberText.Count(facts.TrainRows, "row")}, {outcome.Classifier.Classes.Count} classes; {measured}.");
        screen.Write(MetricsTable.Of(outcome.Evaluation.Calibrated, outcome.Evaluation.Uncalibrated));
        screen.WriteLine($"Calibration: {Calibration(outcome.Classifier.Calibrator)}");
        if (SetResult.Of(outcome.Classifier.Sets, outcome.Evaluation.Sets, facts.TestRows) is { } sets)
            screen.WriteLine(sets.Sentence());

        if (outcome.Policy is { } policy)
            screen.WriteLine($"Policy: {policy.Sentence()}");

        screen.WriteLine($"Wrote {outcome.Request.Out}{(outcome.Request.Report is { } report ? $" and {report}" : "")}");
    }

    /// <summary>A calibrator and what was fitted, in a few words.</summary>
    public static string Calibration(ICalibrator calibrator) => calibrator is IdentityCalibrator
        ? "none: nothing improved on the softmax as it is"
        : calibrator.Method + (calibrator.Parameters.Count == 0
            ? ""
            : $" ({string.Join(", ", calibrator.Parameters.Take(4).Select(parameter => $"{parameter.Name} {parameter.Value:0.####}"))})");
}
