using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Data;
using Credence.Data.Splits;
using Credence.Evaluation;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Models;
using Credence.Models.Learning;
using Credence.Report;
using Credence.Report.Sections;
using Spectre.Console;

namespace Credence.Cli.Commands.Train;

/// <summary>Training on rows with several labels: a probability and a threshold a class in place of one label.</summary>
internal sealed record MultiLabelTraining(TrainingRequest Request, TrainingData Data, MultiLabelFit Fit, MultiLabelClassifier Classifier, MultiLabelEvaluation Evaluation, int Folds)
{
    private const int MostThresholds = 12;

    /// <summary>Refuses options that have no meaning for such rows.</summary>
    /// <exception cref="UsageException">One has none.</exception>
    public static void Check(TrainingRequest request)
    {
        if (request.Options.ConformalFraction > 0)
            throw new UsageException("--conformal-rows is for rows with one label each: with several, each label has a probability and a threshold in place of a set.");

        if (request.Options.Calibration.Methods is [var method] && method is not ("none" or "platt" or "beta"))
            throw new UsageException($"--calibration {method} needs rows with one label each; with several there are auto, none, platt, beta.");
    }

    /// <summary>Trains and measures.</summary>
    public static MultiLabelTraining Of(TrainingRequest request, TrainingData data)
    {
        Check(request);
        Invocation invocation = request.Invocation;
        var options = new EvaluationOptions { Seed = invocation.Seed, MaxThreads = invocation.Threads };
        int folds = data.Test is null ? invocation.Get(SplitOptions.Folds) : 0;
        MultiLabelEvaluation? crossed = folds == 0 ? null : MultiLabelEvaluation.Crossed(
            data.Train,
            Credence.Data.Splits.Folds.Stratified(data.Train, folds, invocation.Seed),
            (train, fold) => Learn(request, train, $"fold {fold + 1} of {folds}").Classifier,
            options,
            invocation.Cancellation);
        MultiLabelFit fit = Learn(request, data.Train, "training");
        foreach (string note in fit.Notes)
            invocation.Progress.Note($"  {note}");

        MultiLabelEvaluation evaluation = crossed
            ?? invocation.Progress.Run("evaluating", _ => fit.Classifier.Evaluate(data.Test!, options, invocation.Cancellation));
        TrainingFacts facts = fit.Classifier.Facts with
        {
            Data = data.Description,
            DataFingerprint = data.Fingerprint,
            TestRows = evaluation.Truth.Count,
            TestMetrics = evaluation.Calibrated.Values(),
            UncalibratedMetrics = evaluation.Uncalibrated.Values(),
        };
        return new MultiLabelTraining(request, data, fit, fit.Classifier.With(facts), evaluation, folds);
    }

    /// <summary>Writes the report, whole or not at all.</summary>
    public bool WriteReport(string path)
    {
        ReportFile.Write(
            new ReportModel
            {
                Title = $"{Path.GetFileName(Request.Paths[0].TrimEnd('/'))}, {Data.LabelName}",
                Kind = "Training report",
                Verdict = Sentence(Evaluation.Calibrated),
                Data = TrainingReport.Data(Data, Classifier.Pipeline, Classifier.Classes, Classifier.Facts, Fit.Notes),
                Evaluation = Evaluation.Calibrated,
                Uncalibrated = Evaluation.Uncalibrated,
                Features = TrainingReport.Features(Classifier.Pipeline, Classifier.Model, Classifier.Classes),
                Path = new PathSummary([.. Fit.Path.Curve.Select(point => (point.Lambda, point.HeldOutLogLoss))], Fit.Path.Lambda),
                Calibration = ReportSections.Calibration(Classifier.Calibrator, Fit.Calibration),
                Certificate = Classifier.Model.Certificate,
                Reproduction = new Reproduction(
                    Request.AsTyped ?? ReportFile.CommandLine(), Request.Invocation.Seed, Data.Fingerprint, ReportFile.Version),
            },
            path,
            Request.Invocation.Cancellation);
        return true;
    }

    /// <summary>What a person at a terminal reads.</summary>
    public void Show()
    {
        Invocation invocation = Request.Invocation;
        IAnsiConsole screen = Screen.Create(invocation.Out, invocation.OutIsTerminal);
        string measured = Folds > 0
            ? $"measured on all of them by {Folds} folds"
            : $"measured on {NumberText.Count(Classifier.Facts.TestRows, "row")} it never saw";
        screen.WriteLine($"Trained on {NumberText.Count(Classifier.Facts.TrainRows, "row")}, {NumberText.Count(Classifier.Classes.Count, "label")}, several a row; {measured}.");
        screen.Write(MetricsTable.Of(Evaluation.Calibrated, Evaluation.Uncalibrated));
        screen.WriteLine($"Calibration: {(Fit.Calibration is null || Classifier.Calibrator.Method == "none" ? "none: the sigmoids as they are" : $"{Classifier.Calibrator.Method}, a map a label")}");
        screen.WriteLine($"Thresholds: {Thresholds(Classifier)}");
        screen.WriteLine($"Wrote {Request.Out}{(Request.Report is { } report ? $" and {report}" : "")}");
    }

    /// <summary>The thresholds in a few words.</summary>
    public static string Thresholds(MultiLabelClassifier classifier) =>
        string.Join(", ", classifier.Classes.Zip(classifier.Thresholds, (name, threshold) => $"{name} {NumberText.Figure(threshold)}").Take(MostThresholds))
        + (classifier.Classes.Count > MostThresholds ? $" and {classifier.Classes.Count - MostThresholds} more" : "");

    /// <summary>The one sentence to remember.</summary>
    public static string Sentence(ModelEvaluation evaluation) =>
        $"Of the labels said, {NumberText.Percent(Mean(evaluation, one => one.Precision))} are right on average over the labels, and {NumberText.Percent(Mean(evaluation, one => one.Recall))} of those that should be are said: "
        + $"macro F1 {NumberText.Percent(evaluation[MetricName.MacroF1].Value)}.";

    private static double Mean(ModelEvaluation evaluation, Func<ClassResult, double> figure) =>
        evaluation.ClassResults.Select(figure).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static MultiLabelFit Learn(TrainingRequest request, DataSet rows, string stage) => request.Invocation.Progress.Run(
        stage, tell => new MultiLabelLearner(request.Options).Fit(rows, new StageReports(tell, request.Invocation.Progress), request.Invocation.Cancellation));
}
