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

    /// <summary>The most memory of a value while it is read, in bytes, without the letters of a text.</summary>
    public const int BytesPerValue = 32;

    private readonly double[]? numbers;
    private readonly Func<int, string?>? texts;

    private ParquetColumn(double[] numbers) => this.numbers = numbers;

    private ParquetColumn(Func<int, string?> texts) => this.texts = texts;

    /// <summary>Whether values of a type can be read.</summary>
    public static bool CanRead(Type type) => Readable.Contains(type);

    /// <summary>The number in a row, NaN where missing; null for a text column.</summary>
    public double? Number(int row) => numbers?[row];

    /// <summary>The text in a row, null where missing or for a number column.</summary>
    public string? Text(int row) => texts?.Invoke(row);

    /// <summary>Reads a column.</summary>
    public static ParquetColumn Read(ParquetRowGroupReader group, ParquetField described, int rows)
    {
        DataField field = described.Field;
        if (described.IsHalf)
            return Halves(group, field, rows);

        Type type = field.ClrType;

        if (described.IsText)
        {
            var values = new string?[rows];
            group.ReadAsync(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
            return new ParquetColumn(row => values[row]);
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

    /// <summary>Values that are written out only when they are asked for: a text of each would take several times their memory.</summary>
    private static ParquetColumn Texts<T>(ParquetRowGroupReader group, DataField field, int rows, Func<T, string> convert)
        where T : struct
    {
        if (field.MaxDefinitionLevel > 0)
        {
            T?[] nullable = Nullable<T>(group, field, rows);
            return new ParquetColumn(row => nullable[row] is { } present ? convert(present) : null);
        }

        T[] values = Present<T>(group, field, rows);
        return new ParquetColumn(row => convert(values[row]));
    }

    private static IEnumerable<T?> Values<T>(ParquetRowGroupReader group, DataField field, int rows)
        where T : struct => field.MaxDefinitionLevel > 0
            ? Nullable<T>(group, field, rows)
            : Present<T>(group, field, rows).Select(value => (T?)value);

    private static T?[] Nullable<T>(ParquetRowGroupReader group, DataField field, int rows)
        where T : struct
    {
        var values = new T?[rows];
        group.ReadAsync(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
        return values;
    }

    private static T[] Present<T>(ParquetRowGroupReader group, DataField field, int rows)
        where T : struct
    {
        var values = new T[rows];
        group.ReadAsync(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
        return values;
    }
}
