namespace Credence.Files.Columnar;

/// <summary>An element of a Parquet file's schema (SchemaElement of parquet.thrift).</summary>
internal sealed record ParquetElement
{
    /// <summary>The physical types, by their numbers in parquet.thrift.</summary>
    public const int Boolean = 0, Int32 = 1, Int64 = 2, Int96 = 3, Float = 4, Double = 5, ByteArray = 6, FixedBytes = 7;

    /// <summary>The physical type, −1 for a group.</summary>
    public long Type { get; private set; } = -1;

    /// <summary>Bytes a value, of fixed byte arrays.</summary>
    public long Length { get; private set; }

    /// <summary>0 required, 1 optional, 2 repeated.</summary>
    public long Repetition { get; private set; }

    /// <summary>Its name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>How many elements after it are its own.</summary>
    public long Children { get; private set; }

    /// <summary>Digits after the decimal point.</summary>
    public long Scale { get; private set; }

    /// <summary>What its values are.</summary>
    public ParquetKind Kind { get; private set; }

    /// <summary>Whether whole numbers have no sign.</summary>
    public bool IsUnsigned { get; private set; }

    /// <summary>Units of time in a second.</summary>
    public long UnitsPerSecond { get; private set; } = 1000;

    /// <summary>Whether it is a group marked as a list.</summary>
    public bool IsList { get; private set; }

    /// <summary>What a group is whose columns are no columns of a table: a map, a variant; null where they are.</summary>
    public string? Opaque { get; private set; }

    /// <summary>Reads an element.</summary>
    public static ParquetElement Read(ThriftReader thrift)
    {
        var element = new ParquetElement();
        int logical = 0;
        long converted = -1, unit = 0, scale = 0;
        bool isSigned = true;
        thrift.Structure((field, type) =>
        {
            long value = 0;
            string name = "";
            bool isRead = field switch
            {
                1 or 2 or 3 or 5 or 6 or 7 => thrift.Whole(type, out value),
                4 => thrift.Text(type, out name),
                10 => thrift.Structure(type, (kind, inner) =>
                {
                    logical = kind;
                    return thrift.Structure(inner, (part, partType) => (kind, part) switch
                    {
                        (5, 1) => thrift.Whole(partType, out scale),
                        (7 or 8, 2) => thrift.Structure(partType, (which, _) =>
                        {
                            unit = which;
                            return false;
                        }),
                        (10, 2) => ThriftReader.Truth(partType, out isSigned),
                        _ => false,
                    });
                }),
                _ => false,
            };
            if (isRead && field == 1)
                element.Type = value;
            else if (isRead && field == 2)
                element.Length = value;
            else if (isRead && field == 3)
                element.Repetition = value;
            else if (isRead && field == 4)
                element.Name = name;
            else if (isRead && field == 5)
                element.Children = value;
            else if (isRead && field == 6)
                converted = value;
            else if (isRead && field == 7)
                element.Scale = value;

            return isRead;
        });
        if (logical == 5)
            element.Scale = scale;

        if (element.Repetition is < 0 or > 2 || element.Children < 0 || element.Type is < -1 or > 7
            || (element.Type == FixedBytes && element.Length is < 0 or > int.MaxValue))
            throw new InvalidDataException($"its element '{element.Name}' has a type that is not possible");

        element.IsList = logical == 3 || converted == 3;
        element.Opaque = logical == 2 || converted is 1 or 2 ? "a map" : logical == 16 ? "a variant" : null;
        element.IsUnsigned = (logical == 10 && !isSigned) || converted is >= 11 and <= 14;
        element.UnitsPerSecond = (logical, unit, converted) switch
        {
            (7 or 8, 2, _) or (0, _, 8 or 10) => 1_000_000,
            (7 or 8, 3, _) => 1_000_000_000,
            _ => 1000,
        };
        element.Kind = KindOf(element, logical, converted);
        return element;
    }

    private static ParquetKind KindOf(ParquetElement element, int logical, long converted)
    {
        bool isWhole = element.Type is Int32 or Int64, isBytes = element.Type is ByteArray or FixedBytes;
        return (logical, converted) switch
        {
            (5, _) or (0, 5) => isWhole || isBytes ? ParquetKind.Decimal : ParquetKind.Other,
            (6, _) or (0, 6) => element.Type == Int32 ? ParquetKind.Date : ParquetKind.Other,
            (7, _) or (0, 7 or 8) => isWhole ? ParquetKind.Time : ParquetKind.Other,
            (8, _) or (0, 9 or 10) => element.Type == Int64 ? ParquetKind.Moment : ParquetKind.Other,
            (1 or 4 or 12, _) or (0, 0 or 4 or 19) => isBytes ? ParquetKind.Text : ParquetKind.Other,
            (13, _) or (0, 20) or (0, 21) or (16 or 17 or 18, _) => ParquetKind.Other,
            (14, _) => element is { Type: FixedBytes, Length: 16 } ? ParquetKind.Uuid : ParquetKind.Other,
            (15, _) => element is { Type: FixedBytes, Length: 2 } ? ParquetKind.Half : ParquetKind.Other,
            _ => element.Type switch
            {
                Boolean => ParquetKind.Truth,
                Int32 or Float or Double => ParquetKind.Number,
                Int64 => element.IsUnsigned ? ParquetKind.UnsignedLong : ParquetKind.Long,
                Int96 => ParquetKind.OldMoment,
                ByteArray or FixedBytes => ParquetKind.Bytes,
                _ => ParquetKind.Other,
            },
        };
    }
}
