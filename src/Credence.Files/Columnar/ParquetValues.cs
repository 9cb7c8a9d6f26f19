using System.Buffers.Binary;
using Credence.Files.Columnar.Encodings;

namespace Credence.Files.Columnar;

/// <summary>Values of one physical type, in the order of their rows: whole numbers and truths as <see cref="Whole"/>, floats as
/// <see cref="Real"/>, the rest as <see cref="Bytes"/>.</summary>
internal sealed class ParquetValues
{
    private readonly ParquetElement element;

    /// <param name="element">The type.</param>
    /// <param name="capacity">The most values.</param>
    public ParquetValues(ParquetElement element, int capacity)
    {
        this.element = element;
        Whole = Width(element.Type) is 0 or 1 or 4 or 8 && !IsReal ? new long[capacity] : [];
        Real = IsReal ? new double[capacity] : [];
        Bytes = Whole.Length == 0 && Real.Length == 0 ? new ReadOnlyMemory<byte>[capacity] : [];
    }

    /// <summary>The values so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whole numbers; truths are 0 and 1.</summary>
    public long[] Whole { get; }

    /// <summary>Floats and doubles.</summary>
    public double[] Real { get; }

    /// <summary>Byte arrays of any length.</summary>
    public ReadOnlyMemory<byte>[] Bytes { get; }

    private bool IsReal => element.Type is ParquetElement.Float or ParquetElement.Double;

    /// <summary>Adds values that are written one after the other.</summary>
    public void AddPlain(ReadOnlyMemory<byte> page, int count)
    {
        Need(count);
        int width = element.Type switch
        {
            ParquetElement.FixedBytes => (int)element.Length,
            ParquetElement.Int96 => 12,
            _ => Width(element.Type),
        };
        if (element.Type == ParquetElement.ByteArray)
        {
            AddWithLengths(page, count);
            return;
        }

        if (element.Type == ParquetElement.Boolean)
        {
            if ((count + 7L) / 8 > page.Length)
                throw TooFew();

            ReadOnlySpan<byte> bits = page.Span;
            for (int i = 0; i < count; i++)
                Whole[Count++] = (bits[i >> 3] >> (i & 7)) & 1;

            return;
        }

        if ((long)count * width > page.Length)
            throw TooFew();

        for (int i = 0; i < count; i++)
            AddFixed(page.Slice(i * width, width));
    }

    /// <summary>Adds values of which each byte is written apart (BYTE_STREAM_SPLIT).</summary>
    public void AddSplit(ReadOnlyMemory<byte> page, int count)
    {
        Need(count);
        int width = element.Type == ParquetElement.FixedBytes ? (int)element.Length : Width(element.Type);
        if (width < 1 || element.Type is ParquetElement.Boolean or ParquetElement.ByteArray || (long)count * width > page.Length)
            throw TooFew();

        var joined = new byte[count * width];
        int stride = page.Length / width;
        for (int b = 0; b < width; b++)
        {
            ReadOnlySpan<byte> part = page.Span.Slice(b * stride, count);
            for (int i = 0; i < count; i++)
                joined[(i * width) + b] = part[i];
        }

        AddPlain(joined, count);
    }

    /// <summary>Adds values as runs of truths, after their length in four bytes.</summary>
    public void AddTruths(ReadOnlyMemory<byte> page, int count)
    {
        Need(count);
        if (element.Type != ParquetElement.Boolean || page.Length < 4)
            throw TooFew();

        int length = BinaryPrimitives.ReadInt32LittleEndian(page.Span);
        if (length < 0 || length > page.Length - 4)
            throw TooFew();

        var runs = new BitRuns(page.Span.Slice(4, length), 1);
        for (int i = 0; i < count; i++)
            Whole[Count++] = runs.Next();
    }

    /// <summary>Adds whole numbers as packed differences.</summary>
    public void AddDeltas(ReadOnlyMemory<byte> page, int count)
    {
        Need(count);
        if (element.Type is not (ParquetElement.Int32 or ParquetElement.Int64))
            throw new InvalidDataException("packed differences are of whole numbers only");

        long[] numbers = DeltaNumbers.Read(page.Span, count, element.Type == ParquetElement.Int32, out _);
        if (numbers.Length != count)
            throw TooFew();

        bool isUnsigned = element.Type == ParquetElement.Int32 && element.IsUnsigned;
        foreach (long number in numbers)
            Whole[Count++] = isUnsigned ? (uint)number : number;
    }

    /// <summary>Adds byte arrays that <see cref="DeltaTexts"/> read.</summary>
    public void AddTexts(ReadOnlyMemory<byte>[] texts, int count)
    {
        Need(count);
        bool isFixed = element.Type == ParquetElement.FixedBytes;
        if (texts.Length != count || (!isFixed && element.Type != ParquetElement.ByteArray)
            || (isFixed && Array.Exists(texts, text => text.Length != element.Length)))
            throw TooFew();

        texts.CopyTo(Bytes, Count);
        Count += count;
    }

    /// <summary>Adds values of a dictionary, by their positions in it.</summary>
    public void AddKnown(ParquetValues dictionary, ReadOnlyMemory<byte> page, int count)
    {
        Need(count);
        if (count == 0)
            return;

        if (page.Length == 0)
            throw TooFew();

        var positions = new BitRuns(page.Span[1..], page.Span[0]);
        for (int i = 0; i < count; i++)
        {
            uint position = positions.Next();
            if (position >= dictionary.Count)
                throw new InvalidDataException($"value {position:N0} of a dictionary of {dictionary.Count:N0} is referred to");

            if (Real.Length > 0)
                Real[Count++] = dictionary.Real[position];
            else if (Whole.Length > 0)
                Whole[Count++] = dictionary.Whole[position];
            else
                Bytes[Count++] = dictionary.Bytes[position];
        }
    }

    private static int Width(long type) => type switch
    {
        ParquetElement.Int32 or ParquetElement.Float => 4,
        ParquetElement.Int64 or ParquetElement.Double => 8,
        ParquetElement.Boolean => 1,
        _ => -1,
    };

    private void AddFixed(ReadOnlyMemory<byte> value)
    {
        switch (element.Type)
        {
            case ParquetElement.Int32:
                Whole[Count++] = element.IsUnsigned ? BinaryPrimitives.ReadUInt32LittleEndian(value.Span)
                    : BinaryPrimitives.ReadInt32LittleEndian(value.Span);
                break;
            case ParquetElement.Int64:
                Whole[Count++] = BinaryPrimitives.ReadInt64LittleEndian(value.Span);
                break;
            case ParquetElement.Float:
                Real[Count++] = BinaryPrimitives.ReadSingleLittleEndian(value.Span);
                break;
            case ParquetElement.Double:
                Real[Count++] = BinaryPrimitives.ReadDoubleLittleEndian(value.Span);
                break;
            default:
                Bytes[Count++] = value;
                break;
        }
    }

    private void AddWithLengths(ReadOnlyMemory<byte> page, int count)
    {
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            if (page.Length - at < 4)
                throw TooFew();

            int length = BinaryPrimitives.ReadInt32LittleEndian(page.Span[at..]);
            if (length < 0 || length > page.Length - at - 4)
                throw TooFew();

            Bytes[Count++] = page.Slice(at + 4, length);
            at += 4 + length;
        }
    }

    private void Need(int count)
    {
        int room = Math.Max(Whole.Length, Math.Max(Real.Length, Bytes.Length)) - Count;
        if (count < 0 || count > room)
            throw TooFew();
    }

    private static InvalidDataException TooFew() => new("a page has other values than its header says");
}
