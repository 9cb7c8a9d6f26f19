using System.Text.Json;
using System.Text.RegularExpressions;
using Credence.Files.Inputs;
using Credence.Files.Scores;
using Credence.Models.Learning;
using Credence.Workflows.Training;

namespace Credence.Cli.Output;

/// <summary>Translates a message of the library for the command. The library names an option by its C# property; here
/// <c>ReadOptions.Encoding</c> becomes <c>--encoding</c>, <c>Set ReadOptions.Missing to 'n/a'</c> becomes <c>Give --missing n/a</c>, and
/// <c>ReadOptions.HasHeader = false</c> becomes <c>--no-header</c>.</summary>
internal static partial class OptionNames
{
    private const string Records = $"{nameof(TrainingWorkflowOptions)}|{nameof(ReadOptions)}|{nameof(ScoreCalibrationOptions)}|{nameof(SavedScores)}";

    // A value may hold quotes itself, so it ends only at a quote before punctuation or a connecting word.
    private const string Mention =
        $@"(?<set>\b[Ss]et )?\b(?<option>(?:{Records})\.[A-Z]\w*)" +
        @"(?: (?:to|=) (?:(?<flag>true|false)\b|'(?<value>.*?)'(?=[.,;)]| to | or | for )(?<more>(?:,| or) '[^']*')*))?";

    // Options whose names differ from their properties' names.
    private static readonly Dictionary<string, string> Others = new()
    {
        [$"{nameof(ReadOptions)}.{nameof(ReadOptions.LabelsFile)}"] = "--labels",
        [$"{nameof(ReadOptions)}.{nameof(ReadOptions.HasHeader)}"] = "--header",
        [$"{nameof(SavedScores)}.{nameof(SavedScores.Kind)}"] = "--input",
        [$"{nameof(ReadOptions)}.{nameof(ReadOptions.MaxMemoryBytes)}"] = "--max-memory",
        [$"{nameof(TrainingWorkflowOptions)}.{nameof(TrainingWorkflowOptions.Streaming)}"] = "--stream",
    };

    /// <summary>The command's name of a library option.</summary>
    /// <param name="option">Its record and its property, such as <c>ReadOptions.LabelPattern</c>.</param>
    public static string Of(string option) =>
        Others.GetValueOrDefault(option)
            ?? "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(option[(option.IndexOf('.', StringComparison.Ordinal) + 1)..]);

    /// <summary>A message with the command's option names.</summary>
    public static string InCommand(string message) => Mentioned().Replace(message, Said);

    /// <summary>Messages with the command's option names.</summary>
    public static string[] InCommand(IEnumerable<string> messages) => [.. messages.Select(InCommand)];

    private static string Said(Match mention)
    {
        string name = Of(mention.Groups["option"].Value);
        string give = mention.Groups["set"].Value switch { "Set " => "Give ", "set " => "give ", _ => "" };
        if (mention.Groups["flag"] is { Success: true, Value: var flag })
            return give + (flag == "true" ? name : $"--no-{name[2..]}");

        if (mention.Groups["value"] is not { Success: true, Value: var value })
            return give + name;

        // Two alternative values repeat the option's name; more are a list.
        IEnumerable<string> more =
            mention.Groups["more"].Captures.Select(capture => capture.Value.Replace("'", "", StringComparison.Ordinal));
        string last = mention.Groups["more"].Captures.Count == 1
            ? mention.Groups["more"].Value.Replace(" '", $" {name} ", StringComparison.Ordinal).TrimEnd('\'')
            : string.Concat(more);
        return $"{give}{name} {(value.Length == 0 ? "''" : value)}{last}";
    }

    [GeneratedRegex(Mention, RegexOptions.CultureInvariant)]
    private static partial Regex Mentioned();
}
