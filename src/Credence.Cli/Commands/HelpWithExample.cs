using System.CommandLine;
using System.CommandLine.Invocation;
using Credence.Cli.Errors;

namespace Credence.Cli.Commands;

/// <summary>The help of a command, followed by an example of its use.</summary>
internal sealed class HelpWithExample : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new()
    {
        ["quickstart"] = ["credence quickstart"],
        ["train"] =
        [
            "credence train iris.csv --label species",
            "credence train train.tsv --test test.tsv --label -1 --report report.html",
            "credence train huge.csv --label -1 --stream --checkpoint huge.checkpoint",
            "credence train comments.csv --label tags --label-separator '|'",
        ],
        ["predict"] =
        [
            "credence predict model.credence new.csv --top 3",
            "credence predict model.credence new.csv --prior estimate --coverage 0.9",
            "credence predict model.credence --row 'age=39,sex=Male'",
        ],
        ["evaluate"] =
        [
            "credence evaluate model.credence test.csv",
            "credence evaluate scores.npz --sets raps --set-by class --splits 40 --report report.html",
            "credence evaluate model.credence test.csv --strange other.csv",
            "credence evaluate model.credence new.csv --without-labels",
        ],
        ["calibrate"] =
        [
            "credence calibrate scores.npz --out calibrator.credence",
            "credence calibrate scores.csv --group region --max-risk 0.02 --out calibrator.credence",
        ],
        ["doctor"] = ["credence doctor scores.csv"],
        ["wrap"] =
        [
            "credence wrap network.onnx --data validation.npz --out calibrated.onnx",
            "credence wrap network.onnx --data validation.csv --label species --replace --coverage 0.9 --out calibrated.onnx",
        ],
        ["explain"] = ["credence explain --logits 2,1,0.1 --names cat,dog,bird", "credence explain model.credence --row 'age=39,sex=Male'"],
        ["inspect"] = ["credence inspect model.credence"],
        ["completion"] = ["credence completion bash > ~/.local/share/bash-completion/completions/credence"],
        ["credence"] = ["credence quickstart"],
    };

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        output.Write(HelpText.Of(command, (RootCommand)parseResult.RootCommandResult.Command));
        string name = command is RootCommand ? "credence" : command.Name;
        if (Examples.TryGetValue(name, out string[]? examples))
        {
            output.WriteLine(examples.Length == 1 ? "Example:" : "Examples:");
            foreach (string example in examples)
                output.WriteLine($"  {example}");

            output.WriteLine();
        }

        return ExitCodes.Done;
    }
}
