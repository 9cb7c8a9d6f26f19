using System.Text;

namespace Credence.Files.Inputs;

/// <summary>A text reader whose decoding errors name the file.</summary>
internal sealed class DecodedText(TextReader text, string file) : TextReader
{
    public override int Peek() => text.Peek();

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        try
        {
            return text.Read(buffer);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException(
                $"{file} has bytes that are invalid in its encoding. " +
                $"Set {ReadOptionNames.Encoding} to 'utf-8', 'utf-16', 'utf-16be', 'windows-1252' or 'latin1'.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();

        base.Dispose(disposing);
    }
}
