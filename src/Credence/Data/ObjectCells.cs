using System.Globalization;
using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>Turns the values of one property into a column: numbers, points in time, names, texts or vectors.</summary>
internal static class ObjectCells
{
    /// <summary>Whether values of a type can be cells.</summary>
    public static bool IsCell(Type type) => IsVector(type) || IsWritten(Bare(type)) || IsTime(Bare(type)) || IsNumber(Bare(type));

    /// <summary>The column of a property's values.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="type">The property's type, one that <see cref="IsCell"/>.</param>
    /// <param name="values">One value per row; null where missing.</param>
    /// <param name="kind">The kind asked for; null for that of the type.</param>
    /// <exception cref="ArgumentException">Vectors differ in length, or the values have no such kind.</exception>
    public static IColumn Column(string name, Type type, object?[] values, ColumnKind? kind)
    {
        Type bare = Bare(type);
        if (IsVector(type))
            return OfKind(Vector(name, values), kind);

        if (IsWritten(bare))
        {
            string?[] texts = [.. values.Select(Text)];
            bool isText = (kind ?? (bare == typeof(string) ? KindOf(texts) : ColumnKind.Category)) == ColumnKind.Text;
            return OfKind(isText ? TextColumn.FromStrings(name, texts) : CategoryColumn.FromNames(name, texts), kind);
        }

        IColumn column = IsTime(bare)
            ? new DateColumn(name, [.. values.Select(Ticks)])
            : new NumberColumn(name, [.. values.Select(Number)]);
        return OfKind(column, kind);
    }

    /// <summary>A value as labels and names show it, the same in every culture; null where missing.</summary>
    public static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        IFormattable formattable when value is not Enum => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>A value as a number; NaN where missing.</summary>
    public static double Number(object? value) => value switch
    {
        null => double.NaN,
        Half half => (double)half,
        TimeSpan span => span.TotalSeconds,
        _ => ((IConvertible)value).ToDouble(CultureInfo.InvariantCulture),
    };

    /// <summary>Whether values of a type are numbers.</summary>
    public static bool IsNumber(Type type) => !type.IsEnum && (type == typeof(Half) || type == typeof(TimeSpan)
        || Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal);

    /// <summary>A type without its "or null".</summary>
    public static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsWritten(Type type) => type == typeof(string) || type == typeof(bool) || type == typeof(char) || type.IsEnum;

    private static bool IsTime(Type type) => type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly);

    private static bool IsVector(Type type) => type == typeof(float[]) || type == typeof(double[]) || type == typeof(ReadOnlyMemory<float>);

    private static ColumnKind KindOf(string?[] texts)
    {
        long present = 0, words = 0;
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        foreach (string? text in texts)
        {
            if (text is null)
                continue;

            present++;
            words += text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
            distinct.Add(text);
        }

        return WrittenKind.Of(present, distinct.Count, words);
    }

    private static long Ticks(object? value) => value switch
    {
        null => DateColumn.Missing,
        DateOnly date => date.ToDateTime(default).Ticks,
        DateTimeOffset moment => moment.DateTime.Ticks,
        _ => ((DateTime)value).Ticks,
    };

    private static VectorColumn Vector(string name, object?[] values)
    {
        int width = values.Select(Width).FirstOrDefault(length => length >= 0, -1);
        var all = new float[checked(values.Length * Math.Max(0, width))];
        Array.Fill(all, float.NaN);
        for (int row = 0; row < values.Length; row++)
        {
            if (Width(values[row]) is var own && own >= 0 && own != width)
            {
                throw new ArgumentException(
                    $"Row {row} (counted from 0) has {own} numbers in '{name}', the first row has {width}; all must have as many.");
            }

            Span<float> target = all.AsSpan(row * Math.Max(0, width), Math.Max(0, width));
            switch (values[row])
            {
                case float[] numbers:
                    numbers.CopyTo(target);
                    break;
                case ReadOnlyMemory<float> memory:
                    memory.Span.CopyTo(target);
                    break;
                case double[] numbers:
                    for (int j = 0; j < numbers.Length; j++)
                        target[j] = (float)numbers[j];

                    break;
            }
        }

        return new VectorColumn(name, all, values.Length, Math.Max(0, width));
    }

    private static int Width(object? value) => value switch
    {
        Array array => array.Length,
        ReadOnlyMemory<float> memory => memory.Length,
        _ => -1,
    };

    private static IColumn OfKind(IColumn column, ColumnKind? kind) => kind is null || kind == column.Kind ? column
        : column.Texts() is { } texts && kind == ColumnKind.Category ? CategoryColumn.FromNames(column.Name, texts)
        : column.Texts() is { } written && kind == ColumnKind.Text ? TextColumn.FromStrings(column.Name, written)
        : throw new ArgumentException(
            $"'{column.Name}' holds {column.Kind} values, which can't be read as {kind}; give the property the type of what it means.");
}
