using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Numerics;
using Credence.Report.Page;
using Credence.Report.Plots;

namespace Credence.Report.Tests.Support;

/// <summary>A report of a simulated model that was really evaluated, before and after the right temperature, with groups and another model
/// beside it.</summary>
internal static class EvaluatedReport
{
    public static ReportModel Of(int classes, int rows, Func<int, string>? name = null, int draws = 60)
    {
        string[] names = [.. Enumerable.Range(0, classes).Select(name ?? (k => $"class {k + 1}"))];
        (Probabilities after, Labels labels) = Draw(rows, names, 1);
        (Probabilities before, _) = Draw(rows, names, 0.5);
        var options = new EvaluationOptions
        {
            BootstrapDraws = draws,
            NullDraws = draws,
            Groups = new RowGroups([.. Enumerable.Range(0, rows).Select(row => row % 3)], ["north", "east", name?.Invoke(0) ?? "south"]),
        };
        ModelEvaluation evaluation =
            Evaluator.Evaluate(after, labels, options: options, cancellationToken: TestContext.Current.CancellationToken);
        ReportModel rest = SimulatedReport.Of(Math.Min(classes, 10), Math.Clamp(rows, 50, 500), name: name);
        return rest with
        {
            Evaluation = evaluation,
            Uncalibrated = Evaluator.Evaluate(before, labels, options: options, cancellationToken: TestContext.Current.CancellationToken),
            Confusion = evaluation.Confusion?.Counts is { } counts ? new Confusion(names, [.. counts.Select(count => (long)count)]) : null,
            Comparison = ModelComparison.Compute(after, before, labels, options: options,
                cancellationToken: TestContext.Current.CancellationToken),
            Against = "older.credence",
            Warnings = ["A fifth of the rows has no label and is left out."],
        };
    }

    private static (Probabilities, Labels) Draw(int rows, string[] names, double temperature)
    {
        var rng = new Rng(3);
        int classes = names.Length;
        var logits = new double[rows * classes];
        var labels = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            labels[row] = rng.NextInt(classes);
            for (int k = 0; k < classes; k++)
                logits[(row * classes) + k] = 2 * (rng.NextNormal() + (k == labels[row] ? 2 : 0)) / temperature;
        }

        Softmax.ForwardRows(logits, classes, logits);
        return (new Probabilities(logits, classes), new Labels(labels, names));
    }
}
