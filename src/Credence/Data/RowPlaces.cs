using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>The places of rows in the files they were read from: four bytes per row, or eight where there are several files.</summary>
public sealed class RowPlaces
{
    private readonly string[] names;
    private readonly int[]? nameOf;

    // A line from 1, 0 where the name alone identifies the row, or the bitwise complement of a 0-based row.
    private readonly int[] lines;

    private RowPlaces(string[] names, int[]? nameOf, int[] lines)
    {
        this.names = names;
        this.nameOf = names.Length > 1 ? nameOf : null;
        this.lines = lines;
    }

    /// <summary>The number of rows.</summary>
    public int Count => lines.Length;

    /// <summary>The place of a row.</summary>
    /// <param name="row">0-based.</param>
    public RowPlace this[int row]
    {
        get
        {
            string name = names[nameOf?[row] ?? 0];
            return lines[row] < 0 ? RowPlace.OfRow(name, ~lines[row]) : new RowPlace(name, lines[row]);
        }
    }

    /// <summary>The name of the file that a row is; null where the row is a part of a file.</summary>
    /// <param name="row">0-based.</param>
    public string? FileOf(int row) => lines[row] == 0 ? names[nameOf?[row] ?? 0] : null;

    /// <summary>Rows that are lines of files.</summary>
    /// <param name="files">The name of each file and its first row; first rows increase from 0.</param>
    /// <param name="lines">The 1-based line of each row.</param>
    /// <exception cref="ArgumentException">The files' first rows do not increase from 0.</exception>
    public static RowPlaces OfLines(IReadOnlyList<(int Row, string File)> files, ReadOnlySpan<int> lines)
    {
        var nameOf = files.Count > 1 ? new int[lines.Length] : null;
        for (int f = 0; f < files.Count; f++)
        {
            if (f == 0 ? files[f].Row != 0 : files[f].Row < files[f - 1].Row)
                throw new ArgumentException("The files' first rows must increase from 0.", nameof(files));

            nameOf?.AsSpan(files[f].Row).Fill(f);
        }

        return new RowPlaces([.. files.Select(file => file.File)], nameOf, lines.ToArray());
    }

    /// <summary>Rows of an array, which has no lines.</summary>
    /// <param name="array">The array.</param>
    /// <param name="first">The 0-based number of the first row.</param>
    /// <param name="count">The number of rows.</param>
    public static RowPlaces OfRows(string array, int first, int count)
    {
        ArgumentNullException.ThrowIfNull(array);
        return new([array], null, [.. Enumerable.Range(first, count).Select(row => ~row)]);
    }

    /// <summary>Rows that are one file each.</summary>
    /// <param name="names">The name of each file.</param>
    public static RowPlaces OfNames(IReadOnlyList<string> names) =>
        new([.. names], [.. Enumerable.Range(0, names.Count)], new int[names.Count]);

    /// <summary>The given rows, in the given order.</summary>
    /// <param name="rows">The rows, 0-based.</param>
    public RowPlaces Select(ReadOnlySpan<int> rows) => new(names, nameOf is null ? null : Gather.Rows(nameOf, rows),
        Gather.Rows(lines, rows));

    /// <summary>All rows of all parts, in order.</summary>
    /// <param name="parts">At least one.</param>
    public static RowPlaces Concatenate(IReadOnlyList<RowPlaces> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        var nameOf = new List<int>();
        foreach (RowPlaces part in parts)
        {
            int[] own = new int[part.names.Length];
            Array.Fill(own, -1);
            for (int row = 0; row < part.Count; row++)
            {
                int name = part.nameOf?[row] ?? 0;
                if (own[name] < 0 && !indices.TryGetValue(part.names[name], out own[name]))
                    indices[part.names[name]] = own[name] = indices.Count;
                nameOf.Add(own[name]);
            }
        }

        return new RowPlaces(indices.Count == 0 ? [""] : [.. indices.OrderBy(pair => pair.Value).Select(pair => pair.Key)], [.. nameOf],
            [.. parts.SelectMany(part => part.lines)]);
    }
}
