using System.CommandLine;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Evaluation;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Persistence;

namespace Credence.Cli.Commands.Scores;

/// <summary>What <c>calibrate</c> and <c>doctor</c> share: their options, the fit, and the writing of what came of it.</summary>
internal static class ScoreFitting
{
    /// <summary><c>--floor</c></summary>
    public static readonly Option<double?> Floor = new("--floor") { HelpName = "P", Description = "Probabilities below this count as this; 0 leaves them." };

    /// <summary><c>--fit-rows</c></summary>
    public static readonly Option<string?> FitRows = new("--fit-rows") { HelpName = "A:B", Description = "Fit on rows A to B − 1, counted from 0, and measure on the rest." };

    /// <summary>Gives a command these options.</summary>
    public static void AddTo(Command command)
    {
        Floor.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } floor && !(floor is >= 0 and < 1))
                result.AddError($"--floor is {floor}; it must be from 0 to below 1.");
        });
        command.Options.Add(Floor);
        command.Options.Add(FitRows);
        PolicyFlags.AddTo(command);
        ShiftOption.AddTo(command);
    }

    /// <summary>Fits and measures.</summary>
    public static (ScoresOutcome Outcome, ScoreCalibrationFit Fit) Run(Invocation invocation, SavedScores scores, string method, string? output)
    {
        var options = new ScoreCalibrationOptions
        {
            Selection = CalibrationNames.Options(method, invocation.Seed) with { MaxThreads = invocation.Threads },
            FitRows = Rows(invocation.Get(FitRows), scores.Rows),
            Floor = invocation.Get(Floor),
            Policy = PolicyFlags.Read(invocation),
            Shift = ShiftOption.Read(invocation),
            Groups = scores.Groups,
            GroupColumn = ScoreOptions.Reading(invocation).Group ?? "group",
            Sets = ScoreOptions.SetOptions(invocation),
            Evaluation = new EvaluationOptions { Seed = invocation.Seed },
            MaxThreads = invocation.Threads,
        };
        ScoreCalibrationFit fit = invocation.Progress.Run("calibrating", tell => new ScoreCalibration(options).Fit(
            scores.RequiredKind(), scores.Values, scores.Labels!, new Progress(tell), invocation.Cancellation));
        ClassifierEvaluation evaluation = fit.Evaluation;
        string name = Path.GetFileName(scores.Name);
        fit = fit with { Calibrator = fit.Calibrator.With(fit.Calibrator.Facts with { Data = name, DataFingerprint = scores.Fingerprint }) };
        return (new ScoresOutcome
        {
            Invocation = invocation,
            Source = name,
            Model = "scores",
            Fingerprint = scores.Fingerprint,
            Classes = scores.Classes,
            CalibrationRows = fit.Calibrator.Facts.CalibrationRows,
            Evaluation = evaluation,
            Calibrator = fit.Calibrator.Calibrator,
            Selection = fit.Selection,
            Policy = PolicyResult.Of(options.Policy, evaluation.Probabilities, evaluation.Labels, invocation.Seed),
            Sets = evaluation.Sets is null ? null : SetResult.Of(fit.Calibrator.Sets, evaluation.Sets, 0),
            Notes = [.. scores.Notes, .. fit.Notes],
            Mistakes = ConfidentMistakes.Of(evaluation, row => fit.MeasuredRows[row], row => $"row {fit.MeasuredRows[row]}"),
            Out = output,
        }, fit);
    }

    /// <summary>Writes what was fitted: a calibrator, or the calibrated probabilities of all rows, by the file's ending.</summary>
    public static void Write(Invocation invocation, SavedScores scores, ScoreCalibrator calibrator, string path)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".csv":
                WholeFile.Write(path, stream => ScoreFiles.WriteCsv(stream, calibrator.Apply(scores.Values, invocation.Threads, scores.Groups), scores.Classes, scores.Labels));
                break;
            case ".npz":
                WholeFile.Write(path, stream => ScoreFiles.WriteNpz(stream, calibrator.Apply(scores.Values, invocation.Threads, scores.Groups), scores.Classes, scores.Labels));
                break;
            default:
                ModelFile.Save(calibrator, path);
                break;
        }
    }

    /// <summary>Refuses a file's ending that says nothing, before any work.</summary>
    public static void CheckOut(string path)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".credence" or ".csv" or ".npz"))
            throw new UsageException($"--out '{path}': the ending says what is written. Give .credence for the calibrator, .csv or .npz for the calibrated probabilities.");

        WholeFile.CheckWritable(path);
    }

    private static (int, int)? Rows(string? typed, int rows)
    {
        if (typed is null)
            return null;

        string[] ends = typed.Split(':');
        int first = 0, end = rows;
        bool valid = ends.Length == 2
            && (ends[0].Length == 0 || int.TryParse(ends[0], out first))
            && (ends[1].Length == 0 || int.TryParse(ends[1], out end))
            && first >= 0 && first < end && end <= rows;
        return valid ? (first, end) : throw new UsageException($"--fit-rows is '{typed}'; it must be A:B with 0 ≤ A < B ≤ {rows}, such as 0:{rows / 2}.");
    }

    private sealed class Progress(Action<double, string?> tell) : IProgress<(double Share, string Step)>
    {
        public void Report((double Share, string Step) value) => tell(value.Share, value.Step);
    }
}
