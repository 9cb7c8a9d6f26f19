using System.Buffers.Binary;
using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Credence.Files.Columnar;

/// <summary>One column of a row group, as numbers or as texts.</summary>
internal sealed class ParquetColumn
{
    private static readonly HashSet<Type> Readable =
    [
        typeof(bool), typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(string), typeof(ReadOnlyMemory<char>), typeof(DateTime), typeof(DateOnly),
    ];

    private readonly double[]? numbers;
    private readonly string?[]? texts;

    private ParquetColumn(double[] numbers) => this.numbers = numbers;

    private ParquetColumn(string?[] texts) => this.texts = texts;

    /// <summary>Whether values of a type can be read.</summary>
    public static bool CanRead(Type type) => Readable.Contains(type);

    /// <summary>The number in a row, NaN where missing; null for a text column.</summary>
    public double? Number(int row) => numbers?[row];

    /// <summary>The text in a row, null where missing or for a number column.</summary>
    public string? Text(int row) => texts?[row];

    /// <summary>Reads a column.</summary>
    public static ParquetColumn Read(ParquetRowGroupReader group, ParquetField described, int rows)
    {
        DataField field = described.Field;
        if (described.IsHalf)
            return Halves(group, field, rows);

        Type type = field.ClrType;

        // A text field has type string when written, ReadOnlyMemory<char> when read.
        if (type == typeof(string) || type == typeof(ReadOnlyMemory<char>))
        {
            var values = new string?[rows];
            group.ReadAsync(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
            return new ParquetColumn(values);
        }

        return type == typeof(double) ? Numbers<double>(group, field, rows, value => value)
            : type == typeof(float) ? Numbers<float>(group, field, rows, value => value)
            : type == typeof(int) ? Numbers<int>(group, field, rows, value => value)
            : type == typeof(short) ? Numbers<short>(group, field, rows, value => value)
            : type == typeof(sbyte) ? Numbers<sbyte>(group, field, rows, value => value)
            : type == typeof(byte) ? Numbers<byte>(group, field, rows, value => value)
            : type == typeof(ushort) ? Numbers<ushort>(group, field, rows, value => value)
            : type == typeof(uint) ? Numbers<uint>(group, field, rows, value => value)
            : type == typeof(long) ? Texts<long>(group, field, rows, value => value.ToString(CultureInfo.InvariantCulture))
            : type == typeof(ulong) ? Texts<ulong>(group, field, rows, value => value.ToString(CultureInfo.InvariantCulture))
            : type == typeof(decimal) ? Texts<decimal>(group, field, rows, value => value.ToString(CultureInfo.InvariantCulture))
            : type == typeof(bool) ? Texts<bool>(group, field, rows, value => value ? "true" : "false")
            : type == typeof(DateOnly)
                ? Texts<DateOnly>(group, field, rows, value => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            : Texts<DateTime>(group, field, rows, value => value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));
    }

    private static ParquetColumn Numbers<T>(ParquetRowGroupReader group, DataField field, int rows, Func<T, double> convert)
        where T : struct
    {
        var numbers = new double[rows];
        int row = 0;
        foreach (T? value in Values<T>(group, field, rows))
            numbers[row++] = value is { } present ? convert(present) : double.NaN;

        return new ParquetColumn(numbers);
    }

    private static ParquetColumn Halves(ParquetRowGroupReader group, DataField field, int rows)
    {
        var values = new byte[]?[rows];
        group.ReadAsync(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
        return new ParquetColumn(
            Array.ConvertAll(values, bytes => bytes is null ? double.NaN : (double)BinaryPrimitives.ReadHalfLittleEndian(bytes)));
    }

    private static ParquetColumn Texts<T>(ParquetRowGroupReader group, DataField field, int rows, Func<T, string> convert)
        where T : struct
    {
        var texts = new string?[rows];
        int row = 0;
        foreach (T? value in Values<T>(group, field, rows))
            texts[row++] = value is { } present ? convert(present) : null;

        return new ParquetColumn(texts);
    }

    private static IEnumerable<T?> Values<T>(ParquetRowGroupReader group, DataField field, int rows)
        where T : struct
    {
        if (field.MaxDefinitionLevel > 0)
        {
            var nullable = new T?[rows];
            group.ReadAsync(field, nullable.AsMemory()).AsTask().GetAwaiter().GetResult();
            return nullable;
        }

        var values = new T[rows];
        group.ReadAsync(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
        return values.Select(value => (T?)value);
    }
}
