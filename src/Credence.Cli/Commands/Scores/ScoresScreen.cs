using Credence.Cli.Commands.Train;
using Credence.Cli.Output;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Report;
using Spectre.Console;

namespace Credence.Cli.Commands.Scores;

/// <summary>What a person at a terminal reads of measured scores.</summary>
internal static class ScoresScreen
{
    /// <summary>Shows it.</summary>
    /// <param name="outcome">What was found.</param>
    /// <param name="head">The first line.</param>
    /// <param name="written">The files that were written.</param>
    public static void Show(ScoresOutcome outcome, string head, params IEnumerable<string?> written)
    {
        Invocation invocation = outcome.Invocation;
        IAnsiConsole screen = Screen.Create(invocation.Out, invocation.OutIsTerminal);
        screen.WriteLine(head);
        screen.Write(MetricsTable.Of(outcome.Evaluation.Calibrated, outcome.Evaluation.Uncalibrated));
        ModelEvaluation raw = outcome.Evaluation.Uncalibrated;
        string when = ReferenceEquals(raw, outcome.Evaluation.Calibrated) ? "" : "Before calibration: ";
        if (raw.ImpossibleRows > 0)
            screen.WriteLine($"{when}{NumberText.Count(raw.ImpossibleRows, "row")} gave the true class a probability of 0, which makes the log loss infinite.");
        else if (raw.CertainMistakes > 0)
            screen.WriteLine($"{when}{NumberText.Count(raw.CertainMistakes, "row")} gave a wrong class a probability of 1, or as near to it as a float can say.");

        if (outcome.Calibrator is { } calibrator)
            screen.WriteLine($"Calibration: {TrainingScreen.Calibration(calibrator)}{(outcome.Selection is { } choice ? $"; {choice.Reason}" : "")}");

        if (outcome.Comparison is { } comparison)
            screen.WriteLine($"Against {Path.GetFileName(outcome.Against)}: {comparison.Verdict}.");

        foreach (GroupResult group in outcome.Evaluation.Calibrated.Groups.Take(20))
            screen.WriteLine($"Group {group.Name}: {NumberText.Count(group.Rows, "row")}, accuracy {NumberText.Percent(group.Accuracy)}, log loss {NumberText.Figure(group.LogLoss)}; {group.Verdict}.");

        if (outcome.Sets is { } sets)
            screen.WriteLine(sets.Sentence());

        if (outcome.Adaptive is { } adaptive)
            screen.WriteLine(adaptive.Sentence());

        if (outcome.Policy is { } policy)
            screen.WriteLine($"Policy: {policy.Sentence()}");

        if (outcome.Shift is { } shift)
            screen.WriteLine(shift.Estimate.Verdict);

        outcome.Strange?.Show(screen);

        string[] files = [.. written.OfType<string>()];
        if (files.Length > 0)
            screen.WriteLine($"Wrote {string.Join(" and ", files)}");
    }
}
