using System.CommandLine;
using Credence.Cli.Commands.Train;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Files.Inputs;
using Credence.Models.Learning;
using Credence.Persistence;
using Credence.Workflows.Training;

namespace Credence.Cli.Commands.Quickstart;

/// <summary><c>credence quickstart</c>: the whole workflow on real data that comes with the command.</summary>
internal static class QuickstartCommand
{
    private static readonly Option<string> Out = new("--out")
    {
        HelpName = "DIR",
        Description = "Write the data, the model and the report to this folder.",
        DefaultValueFactory = _ => ".",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("quickstart", "Train, calibrate, evaluate and report on handwritten digits, in seconds.") { Out };
        command.SetAction((parsed, cancellationToken) =>
        {
            Run(new Invocation(parsed, cancellationToken), parsed.GetValue(Out)!);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void Run(Invocation invocation, string folder)
    {
        string train = Path.Combine(folder, "digits.csv"), test = Path.Combine(folder, "digits-test.csv");
        string model = Path.Combine(folder, "model.credence"), report = Path.Combine(folder, "report.html");
        Directory.CreateDirectory(folder);
        OutputFiles.Check(invocation, [.. new[] { train, test, model, report }.Select(file => ("--out", (string?)file))]);
        Extract(train);
        Extract(test);
        if (!invocation.Json)
        {
            invocation.Progress.Note("Handwritten digits: 64 pixel features each, by 43 people; the test set is by 13 other people.");
            invocation.Progress.Note("(E. Alpaydin, C. Kaynak, UCI Machine Learning Repository, CC BY 4.0)");
        }

        var options = new TrainingWorkflowOptions
        {
            Classifier = new() { Models = [ModelName.Linear], Seed = invocation.Seed, MaxThreads = invocation.Threads },
            TestPath = test,
        };
        TrainCommand.Run(new TrainingRequest(
            invocation, DataSource.Of([train], new() { Label = "digit" }), options, model, report)
        {
            AsTyped = $"credence train {train} --label digit --model linear --test {test} --out {model} --report {report}",
        });
        if (invocation.Json)
            return;

        (test, model, report) = (ShownText.Of(test), ShownText.Of(model), ShownText.Of(report));
        invocation.Out.WriteLine();
        invocation.Out.WriteLine("Try next:");
        invocation.Out.WriteLine($"  credence predict {model} {test} --top 3");
        invocation.Out.WriteLine($"  credence explain {model} {test} --at 0");
        invocation.Out.WriteLine($"  credence explain --logits 2,1,0.1");
        invocation.Out.WriteLine($"Open {report} in a browser for the full report.");
    }

    private static void Extract(string path) => WholeFile.Write(path, stream =>
    {
        using Stream embedded = typeof(QuickstartCommand).Assembly.GetManifestResourceStream(Path.GetFileName(path))!;
        embedded.CopyTo(stream);
    });
}
