using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Credence.Cli.Commands.Onnx;
using Credence.Cli.Commands.Predict;
using Credence.Cli.Commands.Quickstart;
using Credence.Cli.Commands.Scores;
using Credence.Cli.Commands.Train;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Files.Inputs;

namespace Credence.Cli.Commands;

/// <summary>The root of the command: its subcommands, and its usage errors.</summary>
internal static class CredenceCommand
{
    private static readonly (string Name, Func<Command> Create)[] Commands =
    [
        ("quickstart", QuickstartCommand.Create),
        ("train", TrainCommand.Create),
        ("predict", PredictCommand.Create),
        ("explain", ExplainCommand.Create),
        ("evaluate", EvaluateCommand.Create),
        ("calibrate", CalibrateCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("wrap", WrapCommand.Create),
        ("inspect", InspectCommand.Create),
        ("completion", CompletionCommand.Create),
    ];

    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Parses and runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        ParseResult parsed = Root(args.FirstOrDefault()).Parse(args, Parsing);
        CheckForMistypedOptions(parsed);
        if (parsed.Errors.Count > 0 && parsed.Action is not (HelpAction or HelpWithExample))
            throw new UsageException(string.Join(Environment.NewLine, parsed.Errors.Select(error => ShownText.Of(error.Message)).Distinct())
                + Advice(parsed));

        if (parsed.Action is not (HelpAction or HelpWithExample))
            GivenValues.Check(parsed);

        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    /// <summary>The command tree.</summary>
    /// <param name="first">The first word of a command line: where it names a command, the tree holds that one alone, since making all
    /// takes longer than most of what they do. Null for the whole tree.</param>
    public static RootCommand Root(string? first = null)
    {
        var root = new RootCommand("Turn scores or data into calibrated probabilities.")
        {
            GlobalOptions.Json,
            GlobalOptions.Seed,
            GlobalOptions.Threads,
            GlobalOptions.Quiet,
        };
        bool isNamed = Commands.Any(command => command.Name == first);
        foreach ((string name, Func<Command> create) in Commands)
        {
            if (!isNamed || name == first)
                root.Subcommands.Add(create());
        }

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Show this help.";
        help.Action = new HelpWithExample();
        root.Options.OfType<VersionOption>().Single().Description = "Show the version.";
        NumberOption.Attach(root);
        return root;
    }

    // The parser takes an unknown option for a file name; a mistyped option gets a message of its own.
    private static void CheckForMistypedOptions(ParseResult parsed)
    {
        IEnumerable<Token> suspects = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Concat(parsed.UnmatchedTokens.Select(text => new Token(text, TokenType.Argument, null!)));
        foreach (Token token in suspects.Where(token => token.Value.Length > 1 && token.Value[0] == '-'))
        {
            string typed = token.Value.Split('=')[0];
            string? nearest = NearestName.Of(typed, KnownOptions(parsed.CommandResult).Select(option => option.Name));
            throw new UsageException($"'{typed}' is not an option of '{NameOf(parsed.CommandResult.Command)}'."
                + (nearest is null ? "" : $" Did you mean {nearest}?") + Advice(parsed));
        }

        foreach (string text in parsed.UnmatchedTokens)
        {
            string? nearest = NearestName.Of(text, parsed.CommandResult.Command.Subcommands.Select(command => command.Name));
            throw new UsageException($"'{text}' is not a command."
                + (nearest is null ? "" : $" Did you mean {nearest}?") + Advice(parsed));
        }
    }

    private static IEnumerable<Option> KnownOptions(CommandResult result)
    {
        foreach (Option option in result.Command.Options)
            yield return option;

        for (SymbolResult? parent = result.Parent; parent is CommandResult command; parent = command.Parent)
        {
            foreach (Option option in command.Command.Options.Where(option => option.Recursive))
                yield return option;
        }
    }

    private static string NameOf(Command command) => command is RootCommand ? "credence" : command.Name;

    private static string Advice(ParseResult parsed)
    {
        string command = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
        return $"{Environment.NewLine}'credence {command}--help' lists the options.";
    }
}
