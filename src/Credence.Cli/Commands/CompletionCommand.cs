using System.CommandLine;
using System.Text;
using Credence.Cli.Errors;

namespace Credence.Cli.Commands;

/// <summary><c>credence completion SHELL</c>: a script that completes commands and options without starting the command.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = new("shell") { HelpName = "bash|zsh|fish|pwsh", Description = "The shell." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "Print a completion script for a shell.") { Shell };
        command.SetAction(parsed =>
        {
            Console.Out.Write(Script(parsed.GetValue(Shell)!));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Script(string shell)
    {
        RootCommand root = CredenceCommand.Root();
        (string Name, string? Description, string[] Options)[] commands =
            [.. root.Subcommands.Select(command => (command.Name, command.Description, OptionNames(root, command)))];
        return shell switch
        {
            "bash" => Bash(commands),
            "zsh" => "autoload -Uz bashcompinit && bashcompinit\n" + Bash(commands),
            "fish" => Fish(root, commands),
            _ => PowerShell(commands),
        };
    }

    private static string[] OptionNames(RootCommand root, Command command) =>
        [.. command.Options.Concat(root.Options.Where(option => option.Recursive)).Select(option => option.Name).Append("--help").Distinct()
            .Order(StringComparer.Ordinal)];

    private static string Bash((string Name, string? Description, string[] Options)[] commands)
    {
        var script = new StringBuilder();
        script.Append("_credence() {\n  local current=\"${COMP_WORDS[COMP_CWORD]}\" words\n");
        script.Append("  if [[ $COMP_CWORD -eq 1 ]]; then\n");
        script.Append($"    words=\"{string.Join(' ', commands.Select(command => command.Name))} --help --version\"\n");
        script.Append("  else\n    case \"${COMP_WORDS[1]}\" in\n");
        foreach ((string name, _, string[] options) in commands)
            script.Append($"      {name}) words=\"{string.Join(' ', options)}\" ;;\n");

        script.Append("    esac\n  fi\n");
        script.Append("  if [[ $COMP_CWORD -eq 1 || \"$current\" == -* ]]; then\n"
            + "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n");
        script.Append("  else\n    COMPREPLY=($(compgen -f -- \"$current\"))\n  fi\n}\ncomplete -o filenames -F _credence credence\n");
        return script.ToString();
    }

    private static string Fish(RootCommand root, (string Name, string? Description, string[] Options)[] commands)
    {
        var script = new StringBuilder();
        foreach ((string name, string? description, string[] options) in commands)
        {
            script.Append($"complete -c credence -n __fish_use_subcommand -a {name} -d "
                + $"'{description?.Replace("'", "\\'", StringComparison.Ordinal)}'\n");
            foreach (string option in options)
                script.Append($"complete -c credence -n '__fish_seen_subcommand_from {name}' -l {option.TrimStart('-')}\n");
        }

        return script.ToString();
    }

    private static string PowerShell((string Name, string? Description, string[] Options)[] commands)
    {
        var script = new StringBuilder();
        script.Append("Register-ArgumentCompleter -Native -CommandName credence -ScriptBlock {\n  param($word, $ast, $cursor)\n  $known "
            + "= @{\n");
        foreach ((string name, _, string[] options) in commands)
            script.Append($"    '{name}' = @({string.Join(", ", options.Select(option => $"'{option}'"))})\n");

        script.Append("  }\n  $command = if ($ast.CommandElements.Count -gt 1) { \"$($ast.CommandElements[1])\" } else { '' }\n");
        script.Append("  $words = if ($known.ContainsKey($command)) { $known[$command] } else { $known.Keys }\n");
        script.Append("  $words | Where-Object { $_ -like \"$word*\" } | Sort-Object "
            + "| ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }\n}\n");
        return script.ToString();
    }
}
