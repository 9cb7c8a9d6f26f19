using System.Text;
using Credence.Cli.Errors;
using Credence.Cli.Output;
using Credence.Persistence;

namespace Credence.Cli.Commands;

/// <summary>One run of the command: its streams, its signals, its exit code.</summary>
internal static class CommandRun
{
    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Console.OutputEncoding = encoding;
        var messages = new MessageWriter(StandardStreams.Error());
        Console.SetError(messages);
        using var ending = new Ending(messages);
        var printed = new SeenStream(StandardStreams.Output(), ending.BeginOutput);
        Console.SetOut(TextWriter.Synchronized(new StreamWriter(printed, encoding, 256) { AutoFlush = true }));
        int code;
        try
        {
            code = await CredenceCommand.RunAsync(args, ending.Cancellation);
        }
        catch (Exception error) when (error is OperationCanceledException
            || (error is AggregateException all && all.InnerExceptions.Any(inner => inner is OperationCanceledException)))
        {
            code = ending.Tell();
        }
        catch (Exception error)
        {
            code = Failure.Report(error, messages);
        }

        messages.Drain(TimeSpan.FromSeconds(1));
        return code;
    }
}
