using System.Reflection;
using System.Text.RegularExpressions;
using Credence.Cli.Output;
using Credence.Files.Inputs;
using Credence.Files.Scores;
using Credence.Models.Learning;

namespace Credence.Cli.Tests;

public partial class OptionNamesTests
{
    private static readonly HashSet<string> Options =
        [.. HelpTextTests.Root.Subcommands.SelectMany(command => command.Options).Select(option => option.Name)];

    /// <summary>The model file gives it, not the command.</summary>
    private const string LayoutOfAModel = $"{nameof(ReadOptions)}.{nameof(ReadOptions.Layout)}";

    [Theory]
    [InlineData("a.csv is read as UTF-16 (ReadOptions.Encoding).", "a.csv is read as UTF-16 (--encoding).")]
    [InlineData("ReadOptions.Label 'hight': a.csv has no such column.", "--label 'hight': a.csv has no such column.")]
    [InlineData("Set ReadOptions.Missing to 'n/a' to read it as missing.", "Give --missing n/a to read it as missing.")]
    [InlineData("Set ReadOptions.Missing to 'it's, to me' to read it as missing.", "Give --missing it's, to me to read it as missing.")]
    [InlineData("in 'a' (ReadOptions.Missing = '' for none).", "in 'a' (--missing '' for none).")]
    [InlineData("the first line names the columns (ReadOptions.HasHeader = false).", "the first line names the columns (--no-header).")]
    [InlineData("columns are named by number (ReadOptions.HasHeader = true).", "columns are named by number (--header).")]
    [InlineData("Set SavedScores.Kind to 'logits' or 'probabilities'.", "Give --input logits or --input probabilities.")]
    [InlineData("Set ReadOptions.Encoding to 'utf-8', 'utf-16' or 'latin1'.", "Give --encoding utf-8, utf-16 or latin1.")]
    [InlineData("(ReadOptions.Label = 'a', ReadOptions.LabelSeparator = ','); ReadOptions.Drop",
        "(--label a, --label-separator ,); --drop")]
    [InlineData("for ever (ScoreCalibrationOptions.Floor)", "for ever (--floor)")]
    [InlineData("MyReadOptions.Label and ReadOptions stay", "MyReadOptions.Label and ReadOptions stay")]
    public void InCommand_SaysTheCommandsNames(string message, string expected) => Assert.Equal(expected, OptionNames.InCommand(message));

    [Fact]
    public void EveryReadOption_IsAnOptionOfTheCommand_ButForLimitsThatNoMessageNames()
    {
        Type names = typeof(ReadOptions).Assembly.GetTypes().Single(type => type.Name == "ReadOptionNames");
        string[] inMessages =
            [.. names.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
        string[] without = [.. typeof(ReadOptions).GetProperties()
            .Select(property => $"{nameof(ReadOptions)}.{property.Name}")
            .Where(option => !Options.Contains(OptionNames.Of(option)) && option != LayoutOfAModel)];

        Assert.NotEmpty(inMessages);
        Assert.All(without, option => Assert.StartsWith("ReadOptions.Max", option, StringComparison.Ordinal));
        Assert.Empty(inMessages.Intersect(without));
        Assert.Contains("--no-header", Options);
    }

    [Fact]
    public void EveryOptionThatAMessageOfTheLibraryNames_IsOneOfTheCommand()
    {
        string[] named = [.. Directory.GetDirectories(Repository.Path("src"))
            .Where(folder => Path.GetFileName(folder) != "Credence.Cli")
            .SelectMany(folder => Repository.Sources(folder))
            .SelectMany(file => NamedOption().Matches(File.ReadAllText(file)))
            .Select(match => $"{match.Groups[1].Value}.{match.Groups[2].Value}")
            .Distinct()
            .Except(OfPrograms)];

        Assert.Contains("ScoreCalibrationOptions.Floor", named);
        Assert.All(named, option => Assert.Contains(OptionNames.InCommand(option), Options));
    }

    /// <summary>What only a program can meet: rows made of objects, and keys of rows.</summary>
    private static readonly string[] OfPrograms = ["RowKey.Of", "ObjectOptions.Except"];

    [GeneratedRegex(@"nameof\((\w+)\)\}\.\{nameof\(\1\.(\w+)\)\}")]
    private static partial Regex NamedOption();
}
