namespace Credence.Files.Json;

/// <summary>One JSON list of objects as JSON lines: the text of each of its items in a line of its own.</summary>
internal sealed class JsonListText(TextReader text, string file) : TextReader
{
    private int depth;
    private bool inText;
    private bool isEscaped;
    private bool hasItem;
    private bool isClosed;

    /// <inheritdoc/>
    public override int Peek() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The list is not closed, or something else follows it.</exception>
    public override int Read(Span<char> buffer)
    {
        int read = text.Read(buffer);
        if (read == 0 && !isClosed && !buffer.IsEmpty)
            throw new InvalidDataException($"{file} is damaged: its list has no end. Was it copied whole?");

        for (int i = 0; i < read; i++)
            buffer[i] = Next(buffer[i]);

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();

        base.Dispose(disposing);
    }

    private char Next(char c)
    {
        if (inText)
        {
            (isEscaped, inText) = (c == '\\' && !isEscaped, c != '"' || isEscaped);
            return c is '\n' or '\r' ? ' ' : c;
        }

        if (char.IsWhiteSpace(c) || c == '\uFEFF')
            return ' ';

        if (isClosed)
            throw new InvalidDataException($"{file} has other text after its list.");

        switch (c)
        {
            case '[' when depth == 0:
                depth = 1;
                return ' ';
            case ']' when depth == 1:
                isClosed = true;
                return ' ';
            case ',' when depth == 1:
                if (!hasItem)
                    throw new InvalidDataException($"{file} has a list with nothing between two commas.");

                hasItem = false;
                return '\n';
            case '[' or '{':
                depth++;
                break;
            case ']' or '}':
                depth = Math.Max(1, depth - 1);
                break;
            case '"':
                inText = true;
                break;
            default:
                break;
        }

        hasItem = true;
        return c;
    }
}
