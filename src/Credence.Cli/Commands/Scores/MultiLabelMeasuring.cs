using Credence.Cli.Commands.Train;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Data;
using Credence.Files.Records;
using Credence.Models;
using Credence.Report;
using Spectre.Console;

namespace Credence.Cli.Commands.Scores;

/// <summary><c>credence evaluate MODEL DATA</c> for a model of rows with several labels.</summary>
internal static class MultiLabelMeasuring
{
    /// <summary>Measures, and tells.</summary>
    public static void Run(Invocation invocation, MultiLabelClassifier classifier, string[] paths, string? report)
    {
        if (paths.Length == 0)
            throw new UsageException("Which rows? Give labelled data after the model.");

        using IRowSource source = DataSource.Open(invocation, paths, DataOptions.Read(invocation), classifier.Pipeline.Inputs);
        LabelledRows.CheckSaysLabel(source);
        LabelledRows rows = invocation.Progress.Run("reading", tell => LabelledRows.Of(source.ReadAll(new FractionProgress(tell), invocation.Cancellation)));
        DataSet data = rows.Data.LabelSets is null ? rows.Data with { LabelSets = LabelSets.Of(rows.Data.Labels!) } : rows.Data;
        MultiLabelEvaluation evaluation = invocation.Progress.Run("evaluating", _ => classifier.Evaluate(data, EvaluateCommand.EvaluationOf(invocation), invocation.Cancellation));
        string[] notes = [.. source.Notes, .. rows.Notes];
        foreach (string note in notes)
            invocation.Progress.Note($"  {note}");

        if (report is not null)
            invocation.Progress.Run("report", _ => Write(invocation, evaluation, source, Path.GetFileName(paths[0]), report));

        if (invocation.Json)
        {
            invocation.Out.WriteLine(MultiLabelJson.Of(classifier, evaluation, null, 0, notes, invocation).ToJsonString(JsonText.Options));
            return;
        }

        IAnsiConsole screen = Screen.Create(invocation.Out, invocation.OutIsTerminal);
        screen.WriteLine($"Measured {NumberText.Count(evaluation.Truth.Count, "row")} of {NumberText.Count(classifier.Classes.Count, "label")}, several a row.");
        screen.Write(MetricsTable.Of(evaluation.Calibrated, evaluation.Uncalibrated));
        if (report is not null)
            screen.WriteLine($"Wrote {report}");
    }

    private static bool Write(Invocation invocation, MultiLabelEvaluation evaluation, IRowSource source, string title, string path)
    {
        ReportFile.Write(
            new ReportModel
            {
                Title = title,
                Kind = "Evaluation",
                Verdict = MultiLabelTraining.Sentence(evaluation.Calibrated),
                Evaluation = evaluation.Calibrated,
                Uncalibrated = evaluation.Uncalibrated,
                Reproduction = new Credence.Report.Sections.Reproduction(ReportFile.CommandLine(), invocation.Seed, source.Fingerprint, ReportFile.Version),
            },
            path,
            invocation.Cancellation);
        return true;
    }
}
