namespace Credence.Files.Inputs;

/// <summary>A text in which carriage returns without a line feed are replaced. Where nearly all lines end in line feeds they are strays
/// from cells that were typed in several lines, and become spaces: a reader that takes each for a line's end breaks the row. Where many
/// lines end in them, as old programs write them and as files joined from several systems have them, they become line feeds.</summary>
/// <param name="text">The text.</param>
/// <param name="replacement">What they become.</param>
internal sealed class StrayReturns(TextReader text, char replacement) : TextReader
{
    /// <summary>How many times more line feeds there are than strays.</summary>
    private const int LeastLines = 3;

    private readonly char[] one = new char[1];
    private bool hasNext;

    /// <summary>A file's text with its lone carriage returns replaced by what its beginning shows them to be. In an encoding of two bytes a
    /// character the text is left as it is.</summary>
    public static TextReader Over(InputFile file, TextReader text)
    {
        ReadOnlySpan<byte> head = file.Head;
        if (head.Contains((byte)0))
            return text;

        long feeds = head.Count((byte)'\n'), alone = head.Count((byte)'\r') - head.Count("\r\n"u8);
        return new StrayReturns(text, feeds > 0 && alone <= feeds / LeastLines ? ' ' : '\n');
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
                here[at - 1] = replacement;
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

    /// <summary>Whether a line feed comes next; the next character is kept for the next call.</summary>
    private bool Ends()
    {
        hasNext = text.Read(one.AsSpan()) == 1;
        return hasNext && one[0] == '\n';
    }
}
