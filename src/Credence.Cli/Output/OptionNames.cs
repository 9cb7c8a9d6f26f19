using System.Text.Json;
using System.Text.RegularExpressions;
using Credence.Files.Inputs;
using Credence.Files.Scores;
using Credence.Models.Learning;

namespace Credence.Cli.Output;

/// <summary>Puts a message of the library into the command's words. The library names an option as a C# program knows it; here
/// <c>ReadOptions.Encoding</c> becomes <c>--encoding</c>, <c>Set ReadOptions.Missing to 'n/a'</c> becomes <c>Give --missing n/a</c>, and
/// <c>ReadOptions.HasHeader = false</c> becomes <c>--no-header</c>.</summary>
internal static partial class OptionNames
{
    private const string Records = $"{nameof(ReadOptions)}|{nameof(ScoreCalibrationOptions)}|{nameof(SavedScores)}";

    // A quoted value ends at the quote that what may follow a value follows, because a cell may hold quotes itself.
    private const string Mention =
        $@"(?<set>\b[Ss]et )?\b(?<option>(?:{Records})\.[A-Z]\w*)" +
        @"(?: (?:to|=) (?:(?<flag>true|false)\b|'(?<value>.*?)'(?=[.,;)]| to | or | for )(?<more>(?:,| or) '[^']*')*))?";

    // An option has the name of its property, but for these.
    private static readonly Dictionary<string, string> Others = new()
    {
        [$"{nameof(ReadOptions)}.{nameof(ReadOptions.LabelsFile)}"] = "--labels",
        [$"{nameof(ReadOptions)}.{nameof(ReadOptions.HasHeader)}"] = "--header",
        [$"{nameof(SavedScores)}.{nameof(SavedScores.Kind)}"] = "--input",
    };

    /// <summary>The name that the command has for an option of the library.</summary>
    /// <param name="option">Its record and its property, such as <c>ReadOptions.LabelPattern</c>.</param>
    public static string Of(string option) =>
        Others.GetValueOrDefault(option) ?? "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(option[(option.IndexOf('.', StringComparison.Ordinal) + 1)..]);

    /// <summary>A message with the command's names in it.</summary>
    public static string InCommand(string message) => Mentioned().Replace(message, Said);

    /// <summary>Messages with the command's names in them.</summary>
    public static string[] InCommand(IEnumerable<string> messages) => [.. messages.Select(InCommand)];

    private static string Said(Match mention)
    {
        string name = Of(mention.Groups["option"].Value);
        string give = mention.Groups["set"].Value switch { "Set " => "Give ", "set " => "give ", _ => "" };
        if (mention.Groups["flag"] is { Success: true, Value: var flag })
            return give + (flag == "true" ? name : $"--no-{name[2..]}");

        if (mention.Groups["value"] is not { Success: true, Value: var value })
            return give + name;

        // One of two values is said with the name before each, one of more as a list.
        IEnumerable<string> more = mention.Groups["more"].Captures.Select(capture => capture.Value.Replace("'", "", StringComparison.Ordinal));
        string last = mention.Groups["more"].Captures.Count == 1
            ? mention.Groups["more"].Value.Replace(" '", $" {name} ", StringComparison.Ordinal).TrimEnd('\'')
            : string.Concat(more);
        return $"{give}{name} {(value.Length == 0 ? "''" : value)}{last}";
    }

    [GeneratedRegex(Mention, RegexOptions.CultureInvariant)]
    private static partial Regex Mentioned();
}
