using System.Globalization;
using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>The true class of each row, as an index into the classes' names.</summary>
public sealed class Labels
{
    private readonly int[] indices;

    /// <summary>Makes labels from class indices.</summary>
    /// <param name="indices">One class index per row, or <see cref="Missing"/>; the object takes ownership.</param>
    /// <param name="names">The classes' distinct names; index k is class k.</param>
    /// <exception cref="ArgumentException">An index is outside the list of names.</exception>
    public Labels(int[] indices, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(names);
        for (int row = 0; row < indices.Length; row++)
        {
            if (indices[row] < Missing || indices[row] >= names.Count)
            {
                throw new ArgumentException(
                    $"'{nameof(indices)}' row {row} is {indices[row]}; with {names.Count} classes it must be 0 to {names.Count - 1}.",
                    nameof(indices));
            }
        }

        this.indices = indices;
        Names = names;
    }

    /// <summary>The index of an unknown label.</summary>
    public const int Missing = -1;

    /// <summary>The number of rows.</summary>
    public int Count => indices.Length;

    /// <summary>The number of classes.</summary>
    public int Classes => Names.Count;

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>One class index per row; <see cref="Missing"/> where unknown.</summary>
    public ReadOnlySpan<int> Indices => indices;

    /// <summary>The class index of a row.</summary>
    public int this[int row] => indices[row];

    /// <summary>The labels of the given rows.</summary>
    public Labels Select(ReadOnlySpan<int> rows) => new(Gather.Rows(indices, rows), Names);

    /// <summary>The number of rows of each class.</summary>
    public int[] Counts()
    {
        var counts = new int[Classes];
        foreach (int index in indices)
        {
            if (index >= 0)
                counts[index]++;
        }

        return counts;
    }

    /// <summary>Labels from the name of each row's class, the classes in ordinal order (numeric order where all names are whole
    /// numbers).</summary>
    /// <param name="values">One name per row; null is unknown.</param>
    public static Labels From(IEnumerable<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return From(CategoryColumn.FromNames("label", [.. values]));
    }

    /// <summary>Labels from the name of each row's class, the classes in the order given.</summary>
    /// <param name="values">One name per row; null is unknown.</param>
    /// <param name="classes">The classes' names; index k is class k.</param>
    /// <exception cref="ArgumentException">A name is none of the classes.</exception>
    public static Labels From(IEnumerable<string?> values, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(classes);
        Labels named = From(values);
        int[] places = [.. named.Names.Select(name => classes.ToList().IndexOf(name))];
        int unknown = Array.IndexOf(places, -1);
        if (unknown >= 0)
        {
            throw new ArgumentException(
                $"'{named.Names[unknown]}' is none of the {classes.Count} classes: {string.Join(", ", classes.Take(20))}.", nameof(values));
        }

        return new Labels([.. named.indices.Select(index => index == Missing ? Missing : places[index])], classes);
    }

    /// <summary>Labels from a column of names, the classes in ordinal order (numeric order where all names are whole numbers).</summary>
    /// <param name="column">The label column.</param>
    public static Labels From(CategoryColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var used = new bool[column.Categories.Count];
        foreach (int code in column.Codes)
        {
            if (code >= 0)
                used[code] = true;
        }

        long Number(int code) => long.Parse(column.Categories[code], CultureInfo.InvariantCulture);
        int[] order = [.. Enumerable.Range(0, used.Length).Where(code => used[code])];
        bool numeric = order.All(code => long.TryParse(column.Categories[code], CultureInfo.InvariantCulture, out _));
        Array.Sort(order, (a, b) => numeric
            ? Number(a).CompareTo(Number(b))
            : string.CompareOrdinal(column.Categories[a], column.Categories[b]));

        var rank = new int[used.Length];
        for (int k = 0; k < order.Length; k++)
            rank[order[k]] = k;

        var indices = new int[column.Count];
        for (int row = 0; row < indices.Length; row++)
            indices[row] = column.Codes[row] < 0 ? Missing : rank[column.Codes[row]];

        return new Labels(indices, [.. order.Select(code => column.Categories[code])]);
    }
}
