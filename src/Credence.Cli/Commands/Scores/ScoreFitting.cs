using System.Globalization;
using System.CommandLine;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Evaluation.Results;
using Credence.Models.Learning;
using Credence.Persistence;
using Credence.Report.Page;
using Credence.Report.Sections;
using Credence.Workflows.Scores;

namespace Credence.Cli.Commands.Scores;

/// <summary>The options that <c>calibrate</c> and <c>doctor</c> share.</summary>
internal static class ScoreFitting
{
    /// <summary><c>--floor</c></summary>
    public static readonly Option<double?> Floor = new Option<double?>("--floor")
    {
        HelpName = "P",
        Description = "Raise probabilities below P to P; 0 leaves them.",
    }.Under(HelpHeading.Calibration);

    /// <summary><c>--as-given</c></summary>
    public static readonly Option<bool> AsGiven = new Option<bool>("--as-given")
    {
        Description = "Take the scores as given: undo no reversed order and no second softmax, however clear.",
    }.Under(HelpHeading.Calibration);

    /// <summary><c>--fit-rows</c></summary>
    public static readonly Option<string?> FitRows = new Option<string?>("--fit-rows")
    {
        HelpName = "A:B",
        Description = "Fit on rows A to B − 1, counted from 0; evaluate on the rest.",
    }.Under(HelpHeading.Evaluation);

    /// <summary>Adds these options to a command.</summary>
    public static void AddTo(Command command)
    {
        Floor.Validators.Add(result =>
        {
            if (NumberOption.Written<double>(result) is { } floor && !(floor is >= 0 and < 1))
                result.AddError($"--floor is {floor}; it must be from 0 to below 1.");
        });
        command.Options.Add(Floor);
        command.Options.Add(AsGiven);
        command.Options.Add(FitRows);
        PolicyFlags.AddTo(command);
        ShiftOption.AddTo(command);
    }

    /// <summary>The calibration options.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="rows">The number of rows of scores.</param>
    /// <param name="method">auto, or one method by name.</param>
    /// <exception cref="UsageException">The method is unknown, or the rows to fit on are out of range.</exception>
    public static ScoreCalibrationOptions Options(Invocation invocation, int rows, string method) => new()
    {
        Selection = CalibrationNames.Options(method, invocation.Seed) with { MaxThreads = invocation.Threads },
        FitRows = Rows(invocation.Get(FitRows), rows),
        Floor = invocation.Get(Floor),
        AsGiven = invocation.Get(AsGiven),
        Policy = PolicyFlags.Read(invocation),
        Shift = ShiftOption.Read(invocation),
        GroupColumn = ScoreOptions.Reading(invocation).Group ?? "group",
        Sets = ScoreOptions.SetOptions(invocation),
        Evaluation = new EvaluationOptions { Seed = invocation.Seed },
        MaxThreads = invocation.Threads,
    };

    /// <summary>Refuses an unknown file extension, before any work.</summary>
    public static void CheckOut(string path)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".credence" or ".csv" or ".npz"))
            throw new UsageException($"--out '{path}' has an unknown extension. Give .credence for the calibrator, .csv or .npz for the "
                + "calibrated probabilities.");
    }

    /// <summary>Writes the calibrator, or the probabilities, and the report, which names that file's content; the report first, so that
    /// what a kill leaves can be told apart.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="calibration">What was fitted.</param>
    /// <param name="output">The file of the calibrator or the probabilities, or null.</param>
    /// <param name="report">The report's file, or null.</param>
    /// <param name="page">The report.</param>
    public static void Write(
        Invocation invocation, CalibrationOutcome calibration, string? output, string? report, Func<Reproduction, ReportModel> page)
    {
        using PendingFile? main = output is null ? null : calibration.Prepare(output);
        Reproduction reproduction = ReportFile.Reproduction(invocation.Seed, calibration.Evaluation.Fingerprint);
        using PendingFile? about = report is null ? null : ReportFile.Prepare(
            page(reproduction with { OutputHash = main?.Sha256 }), report, invocation.Progress, invocation.Cancellation);
        invocation.Cancellation.ThrowIfCancellationRequested();
        about?.Publish();
        main?.Publish();
    }

    private static (int, int)? Rows(string? typed, int rows)
    {
        if (typed is null)
            return null;

        string[] ends = typed.Split(':');
        int first = 0, end = rows;
        bool valid = ends.Length == 2
            && (ends[0].Length == 0 || int.TryParse(ends[0], CultureInfo.InvariantCulture, out first))
            && (ends[1].Length == 0 || int.TryParse(ends[1], CultureInfo.InvariantCulture, out end))
            && first >= 0 && first < end && end <= rows;
        return valid ? (first, end)
            : throw new UsageException($"--fit-rows is '{typed}'; it must be A:B with 0 ≤ A < B ≤ {rows}, such as 0:{rows / 2}.");
    }
}
