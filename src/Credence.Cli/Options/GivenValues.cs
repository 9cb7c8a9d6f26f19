using System.CommandLine;
using System.CommandLine.Parsing;
using Credence.Cli.Errors;

namespace Credence.Cli.Options;

/// <summary>Values that were given and are empty, as a script gives them whose variable is not set.</summary>
internal static class GivenValues
{
    /// <summary>The options whose text may be empty: that of a missing cell, or of the row to predict.</summary>
    private static readonly (string Name, string Takes)[] Texts = [("--missing", "TEXT"), ("--text", "TEXT")];

    /// <summary>Refuses an empty value.</summary>
    /// <exception cref="UsageException">One is empty; the message says what is wanted.</exception>
    public static void Check(ParseResult parsed)
    {
        foreach (SymbolResult result in parsed.CommandResult.Children)
        {
            if (!result.Tokens.Any(token => token.Value.Length == 0))
                continue;

            if (result is ArgumentResult argument)
                throw new UsageException($"'{argument.Argument.Name}' is empty; it wants {Wanted("FILE")}.");

            if (result is OptionResult { Option: var option } && !Texts.Contains((option.Name, option.HelpName ?? "")))
                throw new UsageException($"{option.Name} is empty; it wants {Wanted(option.HelpName)}.");
        }
    }

    private static string Wanted(string? takes) => takes switch
    {
        "FILE" => "the path of a file",
        "DIR" => "the path of a folder",
        null => "a value",
        _ => takes,
    };
}
