using System.CommandLine;
using System.CommandLine.Parsing;
using Credence.Cli.Errors;
using Credence.Files;
using Credence.Persistence;

namespace Credence.Cli.Options;

/// <summary>The files that a command will write, checked before its work begins: none of them is one that it reads, or another one that it
/// writes, and each can be written.</summary>
internal static class OutputFiles
{
    private const string StandardInput = "/dev/stdin", StandardOutput = "/dev/stdout";

    /// <summary>Checks them.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="outputs">The option of each, and its file, or null where it was not asked for.</param>
    /// <exception cref="UsageException">One is an input, or another output, under the same name or another.</exception>
    /// <exception cref="IOException">One can't be written.</exception>
    public static void Check(Invocation invocation, params (string Option, string? Path)[] outputs)
    {
        (string Option, string Path)[] written =
            [.. outputs.Where(output => output.Path is not null).Select(output => (output.Option, output.Path!))];
        for (int i = 0; i < written.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (FileIdentity.AreSame(written[i].Path, written[j].Path))
                {
                    throw new UsageException($"{written[j].Option} '{written[j].Path}' and {written[i].Option} '{written[i].Path}' "
                        + "are the same file; give each its own.");
                }
            }
        }

        (string Name, string Path)[] read = [.. Inputs(invocation.Parsed, [.. written.Select(output => output.Option)])];
        (string Option, string Path)[] all = [.. written, ("standard output", StandardOutput)];
        foreach ((string option, string path) in all.Where(output => File.Exists(output.Path)))
        {
            foreach ((string name, string given) in read)
            {
                if (DataFiles.FilesOf(given).Any(file => FileIdentity.AreSame(path, file)))
                {
                    throw new UsageException($"{option} '{path}' would overwrite the input {name} '{given}'"
                        + $"{(Directory.Exists(given) ? ", which holds it" : path == given ? "" : ", the same file")}. "
                        + "Give another file.");
                }
            }
        }

        foreach ((_, string path) in written)
            WholeFile.CheckWritable(path);
    }

    // Whatever an option takes is read, unless the command says that it writes it: so that a new option is thought of too.
    private static IEnumerable<(string Name, string Path)> Inputs(ParseResult parsed, HashSet<string> outputs)
    {
        foreach (SymbolResult result in parsed.CommandResult.Children)
        {
            (string? name, string? takes) = result switch
            {
                ArgumentResult argument => (argument.Argument.Name, "FILE"),
                OptionResult option => (option.Option.Name, option.Option.HelpName),
                _ => (null, null),
            };
            if (name is null || outputs.Contains(name) || takes?.Split('|').Any(word => word is "FILE" or "MODEL" or "DIR") != true)
                continue;

            foreach (Token token in result.Tokens)
            {
                if (token.Value != "-")
                    yield return (name, token.Value);
                else if (File.Exists(StandardInput))
                    yield return (name, StandardInput);
            }
        }
    }
}
