namespace Credence.Files.Columnar;

/// <summary>Parses a structure in Thrift's compact protocol (thrift-compact-protocol.md of Apache Thrift), with every length checked
/// against
/// the available bytes, and extracts integers by their fields.</summary>
internal ref struct CompactThrift(ReadOnlySpan<byte> bytes)
{
    private const int MaxDepth = 32;
    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>The number of bytes parsed.</summary>
    public int Position { get; private set; }

    /// <summary>The structures, and the elements of lists and maps, that were parsed: a reader makes an object of each.</summary>
    public int Elements { get; private set; }

    /// <summary>Parses a structure.</summary>
    /// <param name="fields">Receives the integers in it, at their field's number, and of a structure in it the integer of its first
    /// field; those beyond its length are skipped.</param>
    /// <returns>False where the bytes end before it does, or it is not in this protocol.</returns>
    public bool TryStructure(Span<long> fields) => TryStructure(fields, 0);

    private bool TryStructure(Span<long> fields, int depth)
    {
        int field = 0;
        while (depth < MaxDepth && TryByte(out byte head))
        {
            if (head == 0)
                return true;

            int type = head & 15;
            long number = field + (head >> 4);
            if (head >> 4 == 0 && !TryWhole(out number))
                return false;

            if (number is < 1 or > short.MaxValue)
                return false;

            field = (int)number;
            if (type is 4 or 5 or 6)
            {
                if (!TryWhole(out long value))
                    return false;

                if (field < fields.Length)
                    fields[field] = value;
            }
            else if (type == 12 && field < fields.Length)
            {
                var first = new long[2];
                if (!TryStructure(first, depth + 1))
                    return false;

                fields[field] = first[1];
            }
            else if (!TrySkip(type, depth, isElement: false))
            {
                return false;
            }
        }

        return false;
    }

    private bool TrySkip(int type, int depth, bool isElement)
    {
        Elements += isElement || type == 12 ? 1 : 0;
        return TrySkipped(type, depth, isElement);
    }

    private bool TrySkipped(int type, int depth, bool isElement) => type switch
    {
        1 or 2 => !isElement || TryTake(1),
        3 => TryTake(1),
        4 or 5 or 6 => TryWhole(out _),
        7 => TryTake(8),
        8 => TryLength(out long length) && TryTake(length),
        9 or 10 => TryList(depth),
        11 => TryMap(depth),
        12 => TryStructure([], depth + 1),
        _ => false,
    };

    private bool TryList(int depth)
    {
        if (depth >= MaxDepth || !TryByte(out byte head))
            return false;

        long count = head >> 4;
        if (count == 15 && !TryLength(out count))
            return false;

        return TryElements(count, head & 15, depth);
    }

    private bool TryMap(int depth)
    {
        if (depth >= MaxDepth || !TryLength(out long count))
            return false;

        if (count == 0)
            return true;

        if (!TryByte(out byte types))
            return false;

        for (long i = 0; i < count; i++)
        {
            if (!TrySkip(types >> 4, depth + 1, isElement: true) || !TrySkip(types & 15, depth + 1, isElement: true))
                return false;
        }

        return true;
    }

    // Every element takes at least a byte, so a false count ends with the bytes.
    private bool TryElements(long count, int type, int depth)
    {
        for (long i = 0; i < count; i++)
        {
            if (!TrySkip(type, depth + 1, isElement: true))
                return false;
        }

        return true;
    }

    private bool TryByte(out byte value)
    {
        value = Position < bytes.Length ? bytes[Position] : (byte)0;
        return TryTake(1);
    }

    private bool TryTake(long count)
    {
        if (count > bytes.Length - Position)
            return false;

        Position += (int)count;
        return true;
    }

    private bool TryWhole(out long value)
    {
        bool isGood = TryVariable(out ulong coded);
        value = (long)(coded >> 1) ^ -(long)(coded & 1);
        return isGood;
    }

    private bool TryLength(out long length)
    {
        bool isGood = TryVariable(out ulong coded) && coded <= int.MaxValue;
        length = isGood ? (long)coded : 0;
        return isGood;
    }

    private bool TryVariable(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (!TryByte(out byte next))
                return false;

            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return true;
        }

        return false;
    }
}
