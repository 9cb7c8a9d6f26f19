using System.CommandLine;
using System.Globalization;
using System.Text;
using Credence.Cli.Options;

namespace Credence.Cli.Commands;

/// <summary>A command's help: description, usage, arguments, subcommands, and options under headings.</summary>
internal sealed class HelpText
{
    /// <summary>The maximum number of characters in a line.</summary>
    public const int Width = 120;

    private const string Indent = "  ";
    private readonly StringBuilder text = new();

    private HelpText()
    {
    }

    /// <summary>The help of a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="root">The root command; its recursive options are listed too.</param>
    public static string Of(Command command, RootCommand root)
    {
        var help = new HelpText();
        help.Section("Description", [(command.Description ?? "", "")]);
        help.Section("Usage", [(Usage(command), "")]);
        help.Section("Arguments",
            [.. command.Arguments.Select(argument => ($"<{argument.HelpName ?? argument.Name}>", argument.Description ?? ""))]);
        help.Section("Commands", [.. command.Subcommands.Select(one => (Call(one), one.Description ?? ""))]);
        Option[] options = [.. command.Options.Concat(root.Options.Where(option => option.Recursive)).Distinct()];
        int column = options.Max(option => Call(option).Length);
        foreach (IGrouping<HelpHeading, Option> group in options.GroupBy(HelpHeadings.Of).OrderBy(group => group.Key))
            help.Section(HelpHeadings.Title(group.Key), [.. group.Select(option => (Call(option), Description(option)))], column);

        return help.text.ToString();
    }

    private static string Usage(Command command) => string.Join(' ',
    [
        .. command is RootCommand ? ["credence", "[command]"] : new[] { "credence", command.Name },
        .. command.Arguments.Select(Call),
        "[options]",
    ]);

    private static string Call(Command command) =>
        string.Join(' ', [command.Name, .. command.Arguments.Select(argument => $"<{argument.HelpName ?? argument.Name}>")]);

    private static string Call(Argument argument)
    {
        string name = $"<{argument.HelpName ?? argument.Name}>{(argument.Arity.MaximumNumberOfValues > 1 ? "..." : "")}";
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string Call(Option option)
    {
        string names = string.Join(", ",
            [.. option.Aliases.Where(alias => alias[0] == '-' && alias != option.Name).Order(StringComparer.Ordinal), option.Name]);
        return option.HelpName is null ? names : $"{names} <{option.HelpName}>";
    }

    private static string Description(Option option) => option is { HasDefaultValue: true, HelpName: not null }
        ? string.Create(CultureInfo.InvariantCulture, $"{option.Description} [default: {option.GetDefaultValue()}]")
        : option.Description ?? "";

    /// <summary>Adds a heading and rows of two columns, of which the second is wrapped.</summary>
    private void Section(string heading, IReadOnlyList<(string Left, string Right)> rows, int column = 0)
    {
        if (rows.Count == 0)
            return;

        text.Append(heading).Append(":\n");
        column = Math.Max(column, rows.Max(row => row.Left.Length)) + Indent.Length;
        foreach ((string left, string right) in rows)
        {
            text.Append(Indent).Append(left);
            int at = Indent.Length + left.Length;
            bool begins = true;
            foreach (string word in right.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (begins)
                    at = Pad(column + Indent.Length - at, column + Indent.Length);
                else if (at + 1 + word.Length > Width)
                {
                    text.Append('\n');
                    at = Pad(column + Indent.Length, column + Indent.Length);
                }
                else
                    at = Pad(1, at + 1);

                text.Append(word);
                at += word.Length;
                begins = false;
            }

            text.Append('\n');
        }

        text.Append('\n');
    }

    private int Pad(int spaces, int at)
    {
        text.Append(' ', spaces);
        return at;
    }
}
