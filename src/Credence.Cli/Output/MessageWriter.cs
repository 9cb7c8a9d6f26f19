using System.Collections.Concurrent;
using System.Text;

namespace Credence.Cli.Output;

/// <summary>Standard error: messages are written by a thread of their own, so that a pipe that nobody reads holds up no work, and one
/// that fails loses messages and nothing else.</summary>
internal sealed class MessageWriter : TextWriter
{
    private const int MostWaiting = 10_000;
    private readonly Stream stream;
    private readonly BlockingCollection<string> waiting = new(MostWaiting);
    private readonly ManualResetEventSlim gone = new();
    private long written;

    /// <summary>A writer to a stream, as UTF-8.</summary>
    public MessageWriter(Stream stream)
    {
        this.stream = stream;
        new Thread(Run) { IsBackground = true, Name = "messages" }.Start();
    }

    /// <inheritdoc/>
    public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        // Where thousands wait, nobody reads them; the work goes on without.
        if (!string.IsNullOrEmpty(value) && !waiting.IsAddingCompleted)
            waiting.TryAdd(value);
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + NewLine);

    /// <summary>Waits until every message is out, for as long as some go out within each span of patience.</summary>
    public void Drain(TimeSpan patience)
    {
        waiting.CompleteAdding();
        long before;
        do
            before = Interlocked.Read(ref written);
        while (!gone.Wait(patience) && Interlocked.Read(ref written) > before);
    }

    private void Run()
    {
        foreach (string text in waiting.GetConsumingEnumerable())
        {
            try
            {
                stream.Write(Encoding.GetBytes(text));
                stream.Flush();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // Nobody can be told.
            }

            Interlocked.Increment(ref written);
        }

        gone.Set();
    }
}
