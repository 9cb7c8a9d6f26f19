using System.Text;
using Credence.Data.Columns;

namespace Credence.Features.Text;

/// <summary>The n-grams of one text: slices of a buffer of folded bytes. Reused for every text, so that reading allocates
/// nothing.</summary>
internal sealed class GramList
{
    private byte[] bytes = new byte[1024];
    private Gram[] grams = new Gram[1024];

    /// <summary>The number of bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>The n-grams, in the order they were found, with repetitions.</summary>
    public ReadOnlySpan<Gram> Grams => grams.AsSpan(0, Count);

    /// <summary>The number of n-grams.</summary>
    public int Count { get; private set; }

    /// <summary>Clears the text.</summary>
    public void Clear()
    {
        Length = 0;
        Count = 0;
    }

    /// <summary>The bytes of an n-gram.</summary>
    public ReadOnlySpan<byte> Bytes(in Gram gram) => bytes.AsSpan(gram.Start, gram.Length);

    /// <summary>The byte at a position.</summary>
    public byte this[int place] => bytes[place];

    /// <summary>Writes a byte.</summary>
    public void Write(byte value)
    {
        if (Length == bytes.Length)
            Array.Resize(ref bytes, checked(Length * 2));

        bytes[Length++] = value;
    }

    /// <summary>Writes a copy of the bytes at a position.</summary>
    public void Write(int start, int length)
    {
        while (Length + length > bytes.Length)
            Array.Resize(ref bytes, checked(bytes.Length * 2));

        bytes.AsSpan(start, length).CopyTo(bytes.AsSpan(Length));
        Length += length;
    }

    /// <summary>Writes a character as UTF-8.</summary>
    public void Write(Rune rune)
    {
        if (Length + 4 > bytes.Length)
            Array.Resize(ref bytes, checked(bytes.Length * 2));

        Length += rune.EncodeToUtf8(bytes.AsSpan(Length));
    }

    /// <summary>Adds a slice of the bytes written as an n-gram.</summary>
    public void Add(int start, int length)
    {
        if (Count == grams.Length)
            Array.Resize(ref grams, checked(Count * 2));

        grams[Count++] = new Gram(start, length, ByteHash.Mix(0, bytes.AsSpan(start, length)));
    }
}

/// <summary>A slice of a buffer, and its hash.</summary>
internal readonly record struct Gram(int Start, int Length, ulong Hash);
