using System.Text.Json.Nodes;
using Credence.Cli.Commands.Train;
using Credence.Cli.Output;
using Credence.Models;
using Credence.Models.Files;
using Credence.Persistence;
using Credence.Report.Formatting;
using Credence.Report.Outcomes;
using Credence.Workflows;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace Credence.Cli.Commands;

/// <summary>What the file of a calibrator of scores contains, for <c>credence inspect</c>.</summary>
internal static class CalibratorContents
{
    /// <summary>As JSON.</summary>
    public static JsonObject Json(ScoreCalibrator calibrator) => new()
    {
        ["format"] = ModelFile.FormatVersion,
        ["task"] = "calibration of scores",
        ["input"] = calibrator.Kind.ToString().ToLowerInvariant(),
        ["classes"] = calibrator.Classes.ToJson(),
        ["group_column"] = calibrator.GroupColumn,
        ["facts"] = calibrator.Facts.Save(),
        ["calibration"] = CalibrationJson.Of(calibrator.Calibrator, null, calibrator.Floor),
        ["conformal"] = SetResult.Of(calibrator.Sets, null, 0) is { } sets ? SetOutput.ToJson(sets) : null,
        ["policy"] = calibrator.Policy is { } policy ? PolicyJson.Of(new PolicyResult(policy, null, null)) : null,
    };

    /// <summary>On the screen.</summary>
    public static void Show(ScoreCalibrator calibrator, Display screen)
    {
        TrainingFacts facts = calibrator.Facts;
        Table table = Screen.Table("", "");
        table.HideHeaders();
        table.AddPlain("calibrator", $"of {calibrator.Kind.ToString().ToLowerInvariant()}, "
            + NumberText.Count(calibrator.Classes.Count, "class", "classes"));
        table.AddPlain("data", facts.Data);
        table.AddPlain("SHA-256", facts.DataFingerprint);
        table.AddPlain("rows", $"{NumberText.Count(facts.CalibrationRows)} for fitting; seed {facts.Seed}");
        table.AddPlain("classes", InspectCommand.First(calibrator.Classes));
        table.AddPlain("calibration", TrainingScreen.Calibration(calibrator.Calibrator));
        if (calibrator.Floor > 0)
            table.AddPlain("floor", $"probabilities below {NumberText.Figure(calibrator.Floor)} are raised to it");

        if (calibrator.GroupColumn is { } group)
            table.AddPlain("groups", $"column '{group}'");

        if (calibrator.Sets is { } sets)
            table.AddPlain("sets", InspectCommand.Sets(sets));

        if (calibrator.Policy is { } policy)
            table.AddPlain("policy", PolicyText.Sentence(new PolicyResult(policy, null, null)));

        foreach ((string name, double value) in facts.TestMetrics)
            table.AddPlain(name, NumberText.Figure(value));

        screen.Write(table);
    }
}
