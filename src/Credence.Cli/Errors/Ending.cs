using System.Runtime.InteropServices;
using Credence.Cli.Output;
using Credence.Files.Inputs;
using Credence.Persistence;

namespace Credence.Cli.Errors;

/// <summary>The end of the command by a signal. The work is asked to stop; where it doesn't, because it waits for a pipe or is inside a
/// step that asks nobody, the process ends all the same, and leaves no more behind than the work would have.</summary>
internal sealed class Ending : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource cancellation = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly List<string> written = [];
    private readonly List<string> incomplete = [];
    private readonly MessageWriter messages;
    private int signals, told;
    private bool printed;

    /// <summary>Watches for Ctrl-C, SIGTERM and SIGHUP; one that the process was started to ignore stays ignored.</summary>
    public Ending(MessageWriter messages)
    {
        this.messages = messages;
        UnfinishedWrites.Seen += Note;
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, Begin))];
    }

    /// <summary>The file that a later run resumes from; null where there is none.</summary>
    public static string? Checkpoint { get; set; }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Cancellation => cancellation.Token;

    /// <summary>Notes that standard output has its first bytes.</summary>
    public void BeginOutput() => printed = true;

    /// <summary>Says once that the command was cancelled, and what there is of its work.</summary>
    /// <returns>The exit code.</returns>
    public int Tell()
    {
        if (Interlocked.Exchange(ref told, 1) == 0)
            messages.WriteLine(ShownText.Of(Message()));

        return ExitCodes.Cancelled;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
            registration.Dispose();

        UnfinishedWrites.Seen -= Note;
        cancellation.Dispose();
    }

    private void Begin(PosixSignalContext context)
    {
        context.Cancel = true;
        bool isFirst = Interlocked.Increment(ref signals) == 1;
        new Thread(() => End(isFirst ? Grace : TimeSpan.Zero)) { IsBackground = true, Name = "ending" }.Start();
        if (isFirst)
            cancellation.Cancel();
    }

    private void End(TimeSpan grace)
    {
        Thread.Sleep(grace);
        UnfinishedWrites.Abandon();
        if (!Console.IsErrorRedirected)
            messages.WriteLine();

        int code = Tell();
        messages.Drain(Grace);
        Environment.Exit(code);
    }

    private void Note(string path, bool whole)
    {
        if (path != Checkpoint)
            (whole ? written : incomplete).Add($"'{path}'");
    }

    private string Message()
    {
        if (Checkpoint is { } checkpoint && written.Count == 0 && File.Exists(checkpoint))
            return $"Cancelled; no model was written. '{checkpoint}' holds the training state; run the same command to resume.";

        string[] parts = [.. incomplete, .. printed ? ["the output"] : Array.Empty<string>()];
        string whole = written.Count == 0 ? "" : $"; {string.Join(" and ", written)} {(written.Count == 1 ? "was" : "were")} written";
        string part = parts.Length == 0 ? ""
            : $"; {string.Join(" and ", parts)} {(parts.Length == 1 ? "is" : "are")} incomplete";
        return whole.Length + part.Length == 0 ? "Cancelled; nothing was written." : $"Cancelled{whole}{part}.";
    }
}
