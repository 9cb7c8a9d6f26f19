using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>Puts tables of the same columns under one another.</summary>
internal static class TableConcatenation
{
    /// <summary>The rows of all tables, in order.</summary>
    /// <param name="tables">At least one table; all have the same columns in the same order.</param>
    public static Table Of(IReadOnlyList<Table> tables) => tables.Count == 1
        ? tables[0]
        : new Table([.. tables[0].Columns.Select((_, i) => Of([.. tables.Select(table => table.Columns[i])]))], tables.Sum(table => table.Rows));

    private static IColumn Of(IColumn[] parts)
    {
        string name = parts[0].Name;
        int rows = parts.Sum(part => part.Count);
        return parts[0] switch
        {
            NumberColumn => new NumberColumn(name, Joined<NumberColumn, double>(parts, part => part.Values)),
            DateColumn => new DateColumn(name, Joined<DateColumn, long>(parts, part => part.Ticks)),
            CategoryColumn => CategoryColumn.FromNames(name, [.. parts.Cast<CategoryColumn>().SelectMany(part => Enumerable.Range(0, part.Count).Select(row => part[row]))]),
            TextColumn => Texts(name, parts, rows),
            VectorColumn first => new VectorColumn(name, Joined<VectorColumn, float>(parts, part => part.Values), rows, first.Width),
            ImageColumn first => Images(first, parts, rows),
            AudioColumn first => Clips(first, parts, rows),
            IColumn other => throw new NotSupportedException($"Column '{name}' is of a kind that can't be put together: {other.Kind}."),
        };
    }

    private delegate ReadOnlySpan<T> Values<TColumn, T>(TColumn column);

    private static T[] Joined<TColumn, T>(IColumn[] parts, Values<TColumn, T> values)
        where TColumn : IColumn
    {
        long length = 0;
        foreach (IColumn part in parts)
            length += values((TColumn)part).Length;

        var joined = new T[length];
        int at = 0;
        foreach (IColumn part in parts)
        {
            ReadOnlySpan<T> own = values((TColumn)part);
            own.CopyTo(joined.AsSpan(at));
            at += own.Length;
        }

        return joined;
    }

    private static TextColumn Texts(string name, IColumn[] parts, int rows)
    {
        int[] starts = Starts(parts, rows, (part, row) => ((TextColumn)part).Utf8(row).Length);
        var utf8 = new byte[starts[^1]];
        int at = 0;
        foreach (TextColumn part in parts.Cast<TextColumn>())
        {
            for (int row = 0; row < part.Count; row++)
                part.Utf8(row).CopyTo(utf8.AsSpan(starts[at++]));
        }

        return new TextColumn(name, utf8, starts);
    }

    private static ImageColumn Images(ImageColumn first, IColumn[] parts, int rows)
    {
        var pixels = new byte[checked(rows * first.Size)];
        int at = 0;
        foreach (ImageColumn part in parts.Cast<ImageColumn>())
        {
            for (int row = 0; row < part.Count; row++)
                part.Row(row).CopyTo(pixels.AsSpan(at++ * first.Size));
        }

        return new ImageColumn(first.Name, pixels, rows, first.Height, first.Width, first.Channels);
    }

    private static AudioColumn Clips(AudioColumn first, IColumn[] parts, int rows)
    {
        int[] starts = Starts(parts, rows, (part, row) => ((AudioColumn)part).Row(row).Length);
        var samples = new float[starts[^1]];
        int at = 0;
        foreach (AudioColumn part in parts.Cast<AudioColumn>())
        {
            for (int row = 0; row < part.Count; row++)
                part.Row(row).CopyTo(samples.AsSpan(starts[at++]));
        }

        return new AudioColumn(first.Name, samples, starts, first.SampleRate);
    }

    private static int[] Starts(IColumn[] parts, int rows, Func<IColumn, int, int> length)
    {
        var starts = new int[rows + 1];
        int at = 0;
        foreach (IColumn part in parts)
        {
            for (int row = 0; row < part.Count; row++, at++)
                starts[at + 1] = checked(starts[at] + length(part, row));
        }

        return starts;
    }
}
