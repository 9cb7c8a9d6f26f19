namespace Credence.Files.Columnar;

/// <summary>Reads structures in Thrift's compact protocol (thrift-compact-protocol.md of Apache Thrift), with every length checked against
/// the available bytes.</summary>
/// <param name="bytes">The structures.</param>
/// <param name="maxElements">The most structures, and elements of lists and maps, that may be read: a reader makes an object of
/// each.</param>
internal sealed class ThriftReader(ReadOnlyMemory<byte> bytes, int maxElements)
{
    private const int MaxDepth = 32;
    private int elements;
    private int depth;

    /// <summary>The number of bytes read.</summary>
    public int Position { get; private set; }

    /// <summary>Reads a structure's fields.</summary>
    /// <param name="read">Reads the field of a number and type, or leaves it to be skipped by returning false.</param>
    /// <exception cref="EndOfStreamException">The bytes end before it does.</exception>
    /// <exception cref="InvalidDataException">It is not in this protocol.</exception>
    public void Structure(Func<int, int, bool> read)
    {
        Enter();
        long field = 0;
        while (Byte() is not 0 and byte head)
        {
            field = head >> 4 == 0 ? Signed() : field + (head >> 4);
            if (field is < 1 or > short.MaxValue)
                throw Odd();

            int before = Position;
            if (!read((int)field, head & 15))
            {
                Position = before;
                Skip(head & 15, isElement: false);
            }
        }

        depth--;
    }

    /// <summary>A structure within another.</summary>
    public bool Structure(int type, Func<int, int, bool> read)
    {
        if (type != 12)
            return false;

        Structure(read);
        return true;
    }

    /// <summary>A whole number.</summary>
    public bool Whole(int type, out long value)
    {
        value = 0;
        if (type is not (3 or 4 or 5 or 6))
            return false;

        value = type == 3 ? (sbyte)Byte() : Signed();
        return true;
    }

    /// <summary>A truth, which is in the type of its field.</summary>
    public static bool Truth(int type, out bool value)
    {
        value = type == 1;
        return type is 1 or 2;
    }

    /// <summary>Text as UTF-8.</summary>
    public bool Text(int type, out string value)
    {
        value = "";
        if (type != 8)
            return false;

        int length = Length();
        value = System.Text.Encoding.UTF8.GetString(bytes.Span.Slice(Position, length));
        Position += length;
        return true;
    }

    /// <summary>A list.</summary>
    /// <param name="type">The field's type.</param>
    /// <param name="read">Reads an element of a type, or returns false where it has not that type.</param>
    public bool List(int type, Func<int, bool> read)
    {
        if (type is not (9 or 10))
            return false;

        (int count, int of) = ListHead();
        for (int i = 0; i < count; i++)
        {
            Count();
            if (!read(of))
                throw Odd();
        }

        return true;
    }

    private void Skip(int type, bool isElement)
    {
        switch (type)
        {
            case 1 or 2:
                Take(isElement ? 1 : 0);
                break;
            case 3:
                Take(1);
                break;
            case 4 or 5 or 6:
                Variable();
                break;
            case 7:
                Take(8);
                break;
            case 8:
                Take(Length());
                break;
            case 9 or 10:
                Elements();
                break;
            case 11:
                Map();
                break;
            case 12:
                Structure((_, _) => false);
                break;
            case 13:
                Take(16);
                break;
            default:
                throw Odd();
        }
    }

    private void Elements()
    {
        Enter();
        (int count, int of) = ListHead();
        for (int i = 0; i < count; i++)
        {
            Count();
            Skip(of, isElement: true);
        }

        depth--;
    }

    private void Map()
    {
        Enter();
        ulong count = Variable();
        int types = count == 0 ? 0 : Byte();
        if (count > (ulong)(bytes.Length - Position))
            throw new EndOfStreamException();

        for (ulong i = 0; i < count; i++)
        {
            Count();
            Skip(types >> 4, isElement: true);
            Skip(types & 15, isElement: true);
        }

        depth--;
    }

    // Every element takes at least a byte, so a false count ends with the bytes.
    private (int Count, int Type) ListHead()
    {
        byte head = Byte();
        int count = head >> 4;
        if (count == 15)
            count = Length();

        return (count, head & 15);
    }

    private void Enter()
    {
        if (++depth > MaxDepth)
            throw Odd();

        Count();
    }

    private void Count()
    {
        if (++elements > maxElements)
        {
            throw new InvalidDataException($"its columns and row groups are described in more parts than the limit of {maxElements:N0}. "
                + "Save it with larger row groups or fewer columns");
        }
    }

    private int Length()
    {
        ulong length = Variable();
        return length <= (ulong)(bytes.Length - Position) ? (int)length : throw new EndOfStreamException();
    }

    private byte Byte()
    {
        Take(1);
        return bytes.Span[Position - 1];
    }

    private void Take(int count)
    {
        if (count > bytes.Length - Position)
            throw new EndOfStreamException();

        Position += count;
    }

    private long Signed()
    {
        ulong coded = Variable();
        return (long)(coded >> 1) ^ -(long)(coded & 1);
    }

    private ulong Variable()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }

        throw Odd();
    }

    private static InvalidDataException Odd() => new("its description is not in Thrift's compact protocol");
}
