namespace Credence.Files.Columnar;

/// <summary>The header of a page (PageHeader of parquet.thrift).</summary>
internal sealed class ParquetPage
{
    /// <summary>The kinds of pages.</summary>
    public const int Data = 0, Dictionary = 2, DataV2 = 3;

    private const int FirstRead = 1 << 12, MaxHeader = 1 << 24, MaxElements = 1 << 12;

    /// <summary>Its kind.</summary>
    public long Kind { get; private set; } = -1;

    /// <summary>Bytes once unpacked.</summary>
    public long Unpacked { get; private set; }

    /// <summary>Bytes in the file.</summary>
    public long Packed { get; private set; }

    /// <summary>The checksum of its bytes in the file, or null.</summary>
    public uint? Checksum { get; private set; }

    /// <summary>Its values, missing ones too.</summary>
    public long Values { get; private set; }

    /// <summary>How the values are written.</summary>
    public long Encoding { get; private set; }

    /// <summary>How definition levels are written, in a page of version 1.</summary>
    public long DefinitionEncoding { get; private set; } = 3;

    /// <summary>How repetition levels are written, in a page of version 1.</summary>
    public long RepetitionEncoding { get; private set; } = 3;

    /// <summary>Bytes of definition levels, in a page of version 2.</summary>
    public long DefinitionBytes { get; private set; }

    /// <summary>Bytes of repetition levels, in a page of version 2.</summary>
    public long RepetitionBytes { get; private set; }

    /// <summary>Whether the values are packed, in a page of version 2.</summary>
    public bool IsPacked { get; private set; } = true;

    /// <summary>Whether it holds values of rows.</summary>
    public bool IsData => Kind is Data or DataV2;

    /// <summary>Where the page's bytes begin.</summary>
    public long Start { get; private set; }

    /// <summary>Reads a header.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="end">Where the column's pages end.</param>
    /// <returns>Null where it is not valid.</returns>
    public static ParquetPage? Read(Stream stream, long at, long end)
    {
        // A header may hold the smallest and the largest text of its page, so it has no length of its own.
        for (int length = FirstRead; ; length = Math.Min(MaxHeader, length * 16))
        {
            var bytes = new byte[(int)Math.Min(length, end - at)];
            stream.Position = at;
            stream.ReadExactly(bytes);
            var page = new ParquetPage();
            var thrift = new ThriftReader(bytes, MaxElements);
            try
            {
                thrift.Structure((field, type) => page.TryField(thrift, field, type));
                page.Start = at + thrift.Position;
                return page;
            }
            catch (EndOfStreamException) when (length < MaxHeader && length < end - at)
            {
                // Read more of it.
            }
            catch (Exception error) when (error is EndOfStreamException or InvalidDataException)
            {
                return null;
            }
        }
    }

    private bool TryField(ThriftReader thrift, int field, int type)
    {
        if (field is 5 or 7 or 8)
            return thrift.Structure(type, (part, inner) => TryPart(thrift, field, part, inner));

        if (field > 4 || !thrift.Whole(type, out long value))
            return false;

        switch (field)
        {
            case 1:
                Kind = value;
                break;
            case 2:
                Unpacked = value;
                break;
            case 3:
                Packed = value;
                break;
            default:
                Checksum = (uint)value;
                break;
        }

        return true;
    }

    private bool TryPart(ThriftReader thrift, int header, int part, int type)
    {
        if (header == 8 && part == 7 && ThriftReader.Truth(type, out bool isPacked))
        {
            IsPacked = isPacked;
            return true;
        }

        if (!thrift.Whole(type, out long value))
            return false;

        switch (header, part)
        {
            case (_, 1):
                Values = value;
                break;
            case (5 or 7, 2) or (8, 4):
                Encoding = value;
                break;
            case (5, 3):
                DefinitionEncoding = value;
                break;
            case (5, 4):
                RepetitionEncoding = value;
                break;
            case (8, 5):
                DefinitionBytes = value;
                break;
            case (8, 6):
                RepetitionBytes = value;
                break;
            default:
                break;
        }

        return true;
    }
}
