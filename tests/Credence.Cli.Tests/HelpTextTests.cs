using System.CommandLine;
using System.Text.RegularExpressions;
using Credence.Cli.Commands;
using Credence.Cli.Tests.Support;
using Credence.Files.Inputs;

namespace Credence.Cli.Tests;

public partial class HelpTextTests
{
    /// <summary>Made once: commands share their options, so that two trees may not be made at the same time.</summary>
    internal static readonly RootCommand Root = CredenceCommand.Root();

    public static TheoryData<string> Commands => [.. Root.Subcommands.Select(command => command.Name), ""];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Of_ListsEveryOptionOnce_WithADescription(string name)
    {
        Command command = Named(name);
        string[] listed = [.. ListedOption().Matches(HelpText.Of(command, Root)).Select(match => match.Groups[1].Value)];
        string[] options = [.. command.Options.Concat(Root.Options.Where(option => option.Recursive)).Select(option => option.Name)
            .Distinct()];

        Assert.Equal(options.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Of_HasNoLineLongerThanItsWidth(string name) =>
        Assert.All(HelpText.Of(Named(name), Root).Split('\n'), line => Assert.True(line.Length <= HelpText.Width, line));

    [Fact]
    public void Train_ShowsTheUsualTenFirst_OnTwoScreens()
    {
        CommandResult result = CommandLine.Run("train", "--help");
        string[] lines = result.Output.TrimEnd().Split('\n');
        string[] headings = [.. lines.Where(line => line.Length > 0 && line[0] != ' ').Select(line => line.TrimEnd().TrimEnd(':'))];
        string first = result.Output[result.Output.IndexOf("\nOptions:",
            StringComparison.Ordinal)..result.Output.IndexOf("\nReading files:", StringComparison.Ordinal)];

        Assert.Equal(0, result.ExitCode);
        Assert.True(lines.Length <= 110, $"{lines.Length} lines");
        Assert.Equal(
            [
                "Description", "Usage", "Arguments", "Options", "Reading files", "Columns and labels", "Rows for evaluation", "Model",
                "Calibration and prediction sets", "Decisions and distribution shift", "Training from disk", "General", "Examples",
            ],
            headings);
        Assert.Equal(
            ["--label", "--text", "--drop", "--group", "--test", "--test-size", "--folds", "--stream", "--out", "--report"],
            ListedOption().Matches(first).Select(match => match.Groups[1].Value));
        Assert.Contains("[default: model.credence]", first, StringComparison.Ordinal);
    }

    private static Command Named(string name) => name.Length == 0 ? Root : Root.Subcommands.Single(command => command.Name == name);

    /// <summary>A line of an option, its name, and some words on it.</summary>
    [GeneratedRegex(@"^  (?:-\S, )*(--[a-z][a-z0-9-]*)(?: <\S+>)? +[A-Z]", RegexOptions.Multiline)]
    private static partial Regex ListedOption();
}
