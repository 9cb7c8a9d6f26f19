using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Credence.Files.Records;

namespace Credence.Files.Columnar;

/// <summary>One column of a row group, a number or a text for each place.</summary>
internal sealed class ParquetColumn
{
    /// <summary>The most memory of a value while it is read, in bytes, without the letters of a text.</summary>
    public const int BytesPerValue = 32;

    private const int Epoch = 2_440_588;
    private static readonly System.Text.UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly ParquetElement element;
    private readonly ParquetValues values;
    private readonly int[]? positions;
    private readonly int width;
    private char[] scratch = new char[64];

    /// <param name="leaf">The column.</param>
    /// <param name="vector">Its values.</param>
    /// <param name="rows">The rows of the group.</param>
    /// <param name="width">How many places a row has: the length of its lists, or 1.</param>
    /// <exception cref="InvalidDataException">A list has another length.</exception>
    public ParquetColumn(ParquetLeaf leaf, ParquetVector vector, int rows, int width)
    {
        element = leaf.Element;
        values = vector.Values;
        this.width = width;
        positions = ParquetPlaces.Of(leaf, vector, rows, width);
    }

    /// <summary>Whether the values are numbers; otherwise they are texts, though one may be the text of a number.</summary>
    private bool IsNumber => element.Kind is ParquetKind.Number or ParquetKind.Half;

    /// <summary>Whether the file holds the values as numbers, whole or not, so that their texts have a decimal point.</summary>
    public bool HoldsNumbers => IsNumber || element.Kind is ParquetKind.Long or ParquetKind.UnsignedLong or ParquetKind.Decimal;

    /// <summary>The whole number in a place; null where it is missing or no whole number.</summary>
    public long? Whole(int row, int position) =>
        values.Whole.Length > 0 && Index(row, position) is >= 0 and int at ? values.Whole[at] : null;

    /// <summary>The bytes in a place; null where they are missing.</summary>
    public ReadOnlyMemory<byte>? Bytes(int row, int position) =>
        values.Bytes.Length > 0 && Index(row, position) is >= 0 and int at ? values.Bytes[at] : null;

    /// <summary>The number in a place; false where it is missing or none.</summary>
    public bool TryNumber(int row, int position, out double number)
    {
        number = double.NaN;
        int at = Index(row, position);
        if (at < 0)
            return false;

        if (!IsNumber && element.Kind is not (ParquetKind.Long or ParquetKind.UnsignedLong))
            return NumberParser.TryParse(Text(row, position), out number);

        number = element.Kind switch
        {
            ParquetKind.Half => (double)BinaryPrimitives.ReadHalfLittleEndian(values.Bytes[at].Span),
            ParquetKind.UnsignedLong => (ulong)values.Whole[at],
            _ => values.Real.Length > 0 ? values.Real[at] : values.Whole[at],
        };
        return !double.IsNaN(number);
    }

    /// <summary>The text in a place, valid until the next call; empty where it is missing.</summary>
    /// <exception cref="InvalidDataException">A text is not UTF-8, or a date is out of range.</exception>
    public ReadOnlySpan<char> Text(int row, int position)
    {
        int at = Index(row, position);
        if (at < 0)
            return [];

        switch (element.Kind)
        {
            case ParquetKind.Text or ParquetKind.Bytes:
                return Letters(values.Bytes[at].Span).Trim();
            case ParquetKind.Number or ParquetKind.Half:
                return TryNumber(row, position, out double number) ? Formatted(number, "R") : [];
            case ParquetKind.Long:
                return Formatted(values.Whole[at], "D");
            case ParquetKind.UnsignedLong:
                return Formatted((ulong)values.Whole[at], "D");
            case ParquetKind.Truth:
                return values.Whole[at] != 0 ? "true" : "false";
            case ParquetKind.Decimal:
                return Decimal(values.Whole.Length > 0 ? values.Whole[at] : new BigInteger(values.Bytes[at].Span, isBigEndian: true));
            case ParquetKind.Date:
                return Formatted(Moment(values.Whole[at], TimeSpan.TicksPerDay, 1), "yyyy-MM-dd");
            case ParquetKind.Time:
                return Formatted(Moment(values.Whole[at], TimeSpan.TicksPerSecond, element.UnitsPerSecond), "HH:mm:ss.FFFFFFF");
            case ParquetKind.Moment:
                return Formatted(Moment(values.Whole[at], TimeSpan.TicksPerSecond, element.UnitsPerSecond), "yyyy-MM-ddTHH:mm:ss.FFFFFFF");
            case ParquetKind.OldMoment:
                ReadOnlySpan<byte> old = values.Bytes[at].Span;
                Int128 nanoseconds = BinaryPrimitives.ReadInt64LittleEndian(old)
                    + ((BinaryPrimitives.ReadInt32LittleEndian(old[8..]) - (Int128)Epoch) * 86_400_000_000_000);
                return Formatted(Moment(nanoseconds, TimeSpan.TicksPerSecond, 1_000_000_000), "yyyy-MM-ddTHH:mm:ss.FFFFFFF");
            default:
                return new Guid(values.Bytes[at].Span, bigEndian: true).ToString();
        }
    }

    private int Index(int row, int position)
    {
        int place = (row * width) + position;
        return positions is null ? place : positions[place];
    }

    private ReadOnlySpan<char> Letters(ReadOnlySpan<byte> bytes)
    {
        if (scratch.Length < bytes.Length)
            scratch = new char[Math.Max(bytes.Length, Math.Min(Array.MaxLength, 2L * scratch.Length))];

        try
        {
            return scratch.AsSpan(0, Strict.GetChars(bytes, scratch));
        }
        catch (System.Text.DecoderFallbackException error)
        {
            throw new InvalidDataException("a text is not valid UTF-8", error);
        }
    }

    private ReadOnlySpan<char> Formatted<T>(T value, string format)
        where T : ISpanFormattable => value.TryFormat(scratch, out int length, format, CultureInfo.InvariantCulture)
            ? scratch.AsSpan(0, length) : value.ToString(format, CultureInfo.InvariantCulture);

    private string Decimal(BigInteger unscaled)
    {
        int scale = element.Scale is >= 0 and <= 1000 ? (int)element.Scale
            : throw new InvalidDataException($"numbers of {element.Scale} decimals are not read");
        string digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string sign = unscaled.Sign < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }

    private static DateTime Moment(Int128 units, long ticks, long unitsPerTicks)
    {
        Int128 scaled = units * ticks, since = scaled / unitsPerTicks;
        if (since * unitsPerTicks > scaled)
            since--;

        Int128 whole = since + DateTime.UnixEpoch.Ticks;
        return whole >= 0 && whole <= DateTime.MaxValue.Ticks ? new DateTime((long)whole)
            : throw new InvalidDataException("a date is outside the years 1 to 9999");
    }
}
