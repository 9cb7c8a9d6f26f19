using System.Text;

namespace Credence.Files.Inputs;

/// <summary>The lines of a text, with a limit on their length.</summary>
internal sealed class BoundedLines(TextReader text, string file, int maxLength) : IDisposable
{
    private readonly char[] buffer = new char[1 << 15];
    private readonly StringBuilder longLine = new();
    private int start;
    private int end;
    private bool skipLineFeed;

    /// <summary>The 1-based number of the last line read; 0 before the first.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end, or null after the last.</summary>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    public string? Read()
    {
        longLine.Clear();
        Number++;
        while (true)
        {
            if (start == end && !Fill())
            {
                if (longLine.Length > 0)
                    return longLine.ToString();

                Number--;
                return null;
            }

            if (skipLineFeed)
            {
                skipLineFeed = false;
                if (buffer[start] == '\n')
                {
                    start++;
                    continue;
                }
            }

            ReadOnlySpan<char> rest = buffer.AsSpan(start, end - start);
            int length = rest.IndexOfAny('\n', '\r');
            ReadOnlySpan<char> part = length < 0 ? rest : rest[..length];
            if (longLine.Length + part.Length > maxLength)
                throw new InvalidDataException($"{file} line {Number} is longer than the limit of {maxLength:N0} characters.");

            start += part.Length;
            if (length < 0)
            {
                longLine.Append(part);
                continue;
            }

            skipLineFeed = buffer[start++] == '\r';
            return longLine.Length == 0 ? part.ToString() : longLine.Append(part).ToString();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => text.Dispose();

    private bool Fill()
    {
        start = 0;
        end = text.Read(buffer);
        return end > 0;
    }
}
