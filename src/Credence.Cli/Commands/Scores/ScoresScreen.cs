using Credence.Cli.Commands.Train;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Report.Formatting;
using Credence.Report.Outcomes;
using Credence.Workflows.Scores;

namespace Credence.Cli.Commands.Scores;

/// <summary>The terminal output of evaluated scores.</summary>
internal static class ScoresScreen
{
    /// <summary>Shows it.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="invocation">The command.</param>
    /// <param name="head">The first line.</param>
    /// <param name="written">The files that were written.</param>
    public static void Show(EvaluationOutcome outcome, Invocation invocation, string head, params IEnumerable<string?> written)
    {
        Display screen = Screen.Create(invocation.Out, invocation.OutIsTerminal);
        screen.WriteLine(head);
        if (MetricsTable.Verdict(outcome.Evaluation.Calibrated, outcome.Evaluation.Uncalibrated) is { } verdict)
            screen.WriteLine(verdict);

        screen.Write(MetricsTable.Of(outcome.Evaluation.Calibrated, outcome.Evaluation.Uncalibrated));
        ModelEvaluation raw = outcome.Evaluation.Uncalibrated;
        string when = ReferenceEquals(raw, outcome.Evaluation.Calibrated) ? "" : "Before calibration: ";
        if (raw.ImpossibleRows > 0)
            screen.WriteLine($"{when}{NumberText.Count(raw.ImpossibleRows, "row")} gave the true class a probability of 0, which makes "
                + "the log loss infinite.");
        else if (raw.CertainMistakes > 0)
            screen.WriteLine($"{when}{NumberText.Count(raw.CertainMistakes, "row")} gave a wrong class a probability of 1, or the "
                + "nearest float to 1.");

        if (outcome.Calibrator is { } calibrator)
            screen.WriteLine($"Calibration: {TrainingScreen.Calibration(calibrator)}{(outcome.Selection is { } choice ? $"; {choice.Reason}"
                : "")}");

        if (outcome.Comparison is { } comparison)
            screen.WriteLine($"Compared with {Path.GetFileName(outcome.Against)}: {comparison.Verdict}.");

        foreach (GroupResult group in outcome.Evaluation.Calibrated.Groups.Take(20))
            screen.WriteLine($"Group {group.Name}: {NumberText.Count(group.Rows, "row")}, accuracy {NumberText.Percent(group.Accuracy)}, "
                + $"log loss {NumberText.Figure(group.LogLoss)}; {group.Verdict}.");

        if (outcome.Sets is { } sets)
            screen.WriteLine(SetOutput.Sentence(sets));

        if (outcome.Adaptive is { } adaptive)
            screen.WriteLine(AdaptiveOutput.Sentence(adaptive));

        if (outcome.Policy is { } policy)
            screen.WriteLine($"Policy: {PolicyText.Sentence(policy)}");

        if (outcome.Shift is { } shift)
            screen.WriteLine(shift.Estimate.Verdict);

        if (outcome.Outliers is { } outliers)
            OutlierOutput.Show(outliers, screen);

        string[] files = [.. written.OfType<string>()];
        if (files.Length > 0)
            screen.WriteLine($"Wrote {string.Join(" and ", files)}");
    }

    /// <summary>Shows an evaluation on rows with several labels.</summary>
    public static void Show(MultiLabelEvaluationOutcome outcome, Invocation invocation, string? report)
    {
        Display screen = Screen.Create(invocation.Out, invocation.OutIsTerminal);
        string rows = NumberText.Count(outcome.Evaluation.Truth.Count, "row");
        string labels = NumberText.Count(outcome.Classifier.Classes.Count, "label");
        screen.WriteLine($"Evaluated {rows} of {labels}, several per row.");
        screen.Write(MetricsTable.Of(outcome.Evaluation.Calibrated, outcome.Evaluation.Uncalibrated));
        if (report is not null)
            screen.WriteLine($"Wrote {report}");
    }
}
