using System.CommandLine;
using System.CommandLine.Parsing;
using Credence.Cli.Errors;

namespace Credence.Cli.Options;

/// <summary>Options that a command takes in some of its uses and that would do nothing in the one at hand.</summary>
internal static class IdleOptions
{
    /// <summary>Refuses these options.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="here">Where they do nothing, as the end of a sentence: <c>with --row</c>.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="UsageException">One was given.</exception>
    public static void Refuse(Invocation invocation, string here, params IEnumerable<Option> options)
    {
        foreach (Option option in options)
        {
            if (IsGiven(invocation, option))
                throw new UsageException($"{option.Name} does nothing {here}; leave it out.");
        }
    }

    /// <summary>Refuses every option of the command but these and those of all commands.</summary>
    /// <exception cref="UsageException">Another one was given.</exception>
    public static void RefuseAllBut(Invocation invocation, string here, params IEnumerable<Option> options) =>
        Refuse(invocation, here, invocation.Parsed.CommandResult.Command.Options.Except(options));

    /// <summary>Whether one of these options was given.</summary>
    public static bool AnyGiven(Invocation invocation, params IEnumerable<Option> options) =>
        options.Any(option => IsGiven(invocation, option));

    private static bool IsGiven(Invocation invocation, Option option) =>
        invocation.Parsed.GetResult(option) is OptionResult { Implicit: false };
}
