using System.CommandLine;
using System.Text.Json.Nodes;
using Credence.Cli.Commands.Scores;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Files.Inputs;
using Credence.Onnx.Reading;
using Credence.Onnx.Wrapping;
using Credence.Persistence;
using Credence.Report.Formatting;
using Credence.Report.Outcomes;
using Credence.Report.Sections;
using Credence.Workflows.Scores;

namespace Credence.Cli.Commands.Onnx;

/// <summary><c>credence wrap MODEL.onnx --data VAL --out F.onnx</c>: calibrates a network in its own file.</summary>
internal static class WrapCommand
{
    private static readonly Argument<string> Model = new("model") { Description = "The classifier, an ONNX file of any system." };

    private static readonly Option<string> Data = new("--data")
    {
        HelpName = "FILE",
        Description = "Calibrate on these rows, with labels, that the model was not trained on (npz with an array per input, csv, "
            + "parquet).",
        Required = true,
    };

    private static readonly Option<string> Out = new("--out")
    {
        HelpName = "FILE",
        Description = "Write the calibrated model to FILE, an .onnx file.",
        Required = true,
    };

    private static readonly Option<bool> Replace = new("--replace")
    {
        Description = "Put the calibrated probabilities in the original output's place, in its name and form.",
    };

    private static readonly Option<string> Method = new("--method")
    {
        HelpName = "NAME",
        Description = "Calibrate by this method; auto chooses one by cross-validation.",
        DefaultValueFactory = _ => "auto",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("wrap", "Calibrate an ONNX classifier in its own file.") { Model, Data, Out, Replace, Method };
        ScoreFitting.AddTo(command);
        ScoreOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            Run(new Invocation(parsed, cancellationToken));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void Run(Invocation invocation)
    {
        string path = invocation.Get(Model)!, data = invocation.Get(Data)!, output = invocation.Get(Out)!;
        string? report = invocation.Get(ScoreOptions.Report);
        if (!OnnxClassifier.IsNamed(output))
            throw new UsageException($"--out '{output}' has an unknown extension. Give .onnx.");

        if (invocation.Get(ScoreOptions.Sets) is { } sets && sets is not ("lac" or "margin"))
            throw new UsageException($"--sets {sets} ranks a row's classes, which the graph can't; give lac or margin.");

        IdleOptions.Refuse(invocation, "by wrap: a graph's outputs are what they are", ScoreOptions.Normalize);
        IdleOptions.Refuse(invocation, "where the model says what its inputs are", DataOptions.Kind);
        ReadOptions reading = ScoreOptions.Reading(invocation);
        if (reading.Group is { } group)
            throw new UsageException($"A graph does not know a row's group, so nothing in it can differ by '{group}'. Leave it out.");

        OutputFiles.Check(invocation, ("--out", output), ("--report", report));
        OnnxClassifier classifier = OnnxClassifier.Read(path, reading.Array);
        var options = new WrapOptions
        {
            // The rows to fit on are checked against the data by the workflow.
            Calibration = ScoreFitting.Options(invocation, int.MaxValue, invocation.Get(Method)!),
            Replace = invocation.Get(Replace),
            Kind = ScoreOptions.StatedKind(invocation),
        };
        WrapOutcome wrapped = new WrapWorkflow(options).Run(
            classifier, DataSource.Of([data], reading with { Array = null }), invocation.Progress, invocation.Cancellation);
        EvaluationOutcome outcome = wrapped.Calibration.Evaluation;
        using (PendingFile main = wrapped.Prepare(output))
        {
            Reproduction reproduction = ReportFile.Reproduction(invocation.Seed, outcome.Fingerprint) with { OutputHash = main.Sha256 };
            using PendingFile? about = report is null ? null : ReportFile.Prepare(
                EvaluationReport.Of(wrapped.Calibration, reproduction), report, invocation.Progress, invocation.Cancellation);
            invocation.Cancellation.ThrowIfCancellationRequested();
            about?.Publish();
            main.Publish();
        }

        if (invocation.Json)
        {
            JsonObject json = ScoresJson.Of(outcome, invocation, output);
            json["found"] = wrapped.Found;
            json["outputs"] = new JsonObject
            {
                ["probabilities"] = wrapped.Probabilities,
                ["set"] = wrapped.Sets,
                ["abstain"] = wrapped.Abstain,
            };
            json["largest_difference"] = JsonNumber.Of(wrapped.LargestDifference);
            json["largest_change"] = JsonNumber.Of(wrapped.LargestChange);
            invocation.Out.WriteLine(json.ToJsonString(JsonText.Options));
            return;
        }

        ScoresScreen.Show(
            outcome,
            invocation,
            $"Found: {wrapped.Found}. Calibrated on {NumberText.Count(outcome.CalibrationRows, "row")} of "
                + $"{outcome.Classes.Count} classes. New outputs: "
                + $"{string.Join(", ", new[] { wrapped.Probabilities, wrapped.Sets, wrapped.Abstain }
                    .OfType<string>())}. Run over the rows, the file's probabilities differ from the calibrator's by at most "
                + $"{wrapped.LargestDifference:0.0e-0}, and its former outputs from those before by {wrapped.LargestChange:0.0e-0}.",
            output,
            report);
    }
}
