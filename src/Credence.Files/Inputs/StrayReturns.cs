namespace Credence.Files.Inputs;

/// <summary>A text in which carriage returns that end no line are spaces. They come from cells that were typed in several lines, and a
/// reader that takes each for a line's end breaks the row.</summary>
internal sealed class StrayReturns(TextReader text) : TextReader
{
    /// <summary>How many times more lines must end in another way.</summary>
    private const int LeastLines = 3;

    private readonly char[] one = new char[1];
    private bool hasNext;

    /// <summary>Whether lone carriage returns in a text are strays: there are some, and nearly all lines end in line feeds.</summary>
    /// <param name="head">The first bytes of the text; in an encoding of two bytes a character none are found.</param>
    public static bool AreIn(ReadOnlySpan<byte> head)
    {
        long feeds = head.Count((byte)'\n'), returns = head.Count((byte)'\r'), together = head.Count("\r\n"u8);
        return feeds > 0 && returns - together <= feeds / LeastLines && !head.Contains((byte)0);
    }

    /// <inheritdoc/>
    public override int Peek() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int Read()
    {
        Span<char> next = stackalloc char[1];
        return Read(next) == 0 ? -1 : next[0];
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty)
            return 0;

        int read = 0;
        if (hasNext)
        {
            (buffer[0], hasNext, read) = (one[0], false, 1);
            if (buffer[0] != '\r')
                return read;
        }

        read += read < buffer.Length ? text.Read(buffer[read..]) : 0;
        Span<char> here = buffer[..read];
        int at = 0;
        while (at < here.Length && here[at..].IndexOf('\r') is >= 0 and int next)
        {
            at += next + 1;
            if (at < here.Length ? here[at] != '\n' : !Ends())
                here[at - 1] = ' ';
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();

        base.Dispose(disposing);
    }

    /// <summary>Whether a line feed comes next, which is kept for the next call, or the text ends.</summary>
    private bool Ends()
    {
        hasNext = text.Read(one.AsSpan()) == 1;
        return !hasNext || one[0] == '\n';
    }
}
