using System.CommandLine;
using Credence.Cli.Output;

namespace Credence.Cli.Options;

/// <summary>The context of a command: where to write, and the options that all commands share.</summary>
internal sealed class Invocation
{
    /// <summary>Reads the shared options.</summary>
    public Invocation(ParseResult parsed, CancellationToken cancellationToken)
    {
        Parsed = parsed;
        Cancellation = cancellationToken;
        Json = parsed.GetValue(GlobalOptions.Json);
        Seed = parsed.GetValue(GlobalOptions.Seed);
        Threads = parsed.GetValue(GlobalOptions.Threads);
        bool quiet = parsed.GetValue(GlobalOptions.Quiet);
        bool live = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        Progress = new StageProgress(Console.Error, live, quiet);
    }

    /// <summary>The parsed command line.</summary>
    public ParseResult Parsed { get; }

    /// <summary>Cancelled when the user presses Ctrl-C.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Whether to print one JSON document on standard output and nothing else.</summary>
    public bool Json { get; }

    /// <summary>The random seed.</summary>
    public ulong Seed { get; }

    /// <summary>The maximum number of threads; 0 uses one per core. Results don't depend on it.</summary>
    public int Threads { get; }

    /// <summary>Progress and messages, on standard error.</summary>
    public StageProgress Progress { get; }

    /// <summary>Standard output.</summary>
    public TextWriter Out { get; } = Console.Out;

    /// <summary>Whether standard output is a terminal.</summary>
    public bool OutIsTerminal { get; } = !Console.IsOutputRedirected;

    /// <summary>The value of an option or argument.</summary>
    public T? Get<T>(Option<T> option) => Parsed.GetValue(option);

    /// <summary>The value of an argument.</summary>
    public T? Get<T>(Argument<T> argument) => Parsed.GetValue(argument);
}
