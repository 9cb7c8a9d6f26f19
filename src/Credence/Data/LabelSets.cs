namespace Credence.Data;

/// <summary>The true classes of each row, where a row may have several classes or none.</summary>
public sealed class LabelSets
{
    private readonly int[] starts;
    private readonly int[] indices;

    /// <summary>Makes label sets in compressed sparse row form.</summary>
    /// <param name="starts">Rows + 1 non-decreasing offsets, the first 0; row <c>i</c> has the entries <c>starts[i]</c> to <c>starts[i +
    /// 1]</c>.</param>
    /// <param name="indices">Class indices, increasing within a row; the object takes ownership.</param>
    /// <param name="names">The classes' distinct names; index k is class k.</param>
    /// <exception cref="ArgumentException">The arrays don't describe valid label sets.</exception>
    public LabelSets(int[] starts, int[] indices, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(names);
        if (starts.Length == 0 || starts[0] != 0 || starts[^1] != indices.Length)
            throw new ArgumentException($"'{nameof(starts)}' must begin with 0 and end with the {indices.Length} entries.", nameof(starts));

        for (int row = 0; row + 1 < starts.Length; row++)
        {
            if (starts[row + 1] < starts[row])
                throw new ArgumentException($"'{nameof(starts)}' decreases from {starts[row]} to {starts[row + 1]} at row {row}.",
                    nameof(starts));

            int previous = -1;
            foreach (int index in indices.AsSpan(starts[row], starts[row + 1] - starts[row]))
            {
                if (index <= previous || index >= names.Count)
                {
                    throw new ArgumentException(
                        $"Row {row} has class {index} after {previous}; classes must increase and stay below {names.Count}.",
                            nameof(indices));
                }

                previous = index;
            }
        }

        this.starts = starts;
        this.indices = indices;
        Names = names;
    }

    /// <summary>The number of rows.</summary>
    public int Count => starts.Length - 1;

    /// <summary>The number of classes.</summary>
    public int Classes => Names.Count;

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The class indices of a row, increasing.</summary>
    public ReadOnlySpan<int> this[int row] => indices.AsSpan(starts[row], starts[row + 1] - starts[row]);

    /// <summary>Rows + 1 offsets into <see cref="Indices"/>.</summary>
    internal ReadOnlySpan<int> Starts => starts;

    /// <summary>The class indices of all rows, row after row.</summary>
    internal ReadOnlySpan<int> Indices => indices;

    /// <summary>The number of rows of each class.</summary>
    public int[] Counts()
    {
        var counts = new int[Classes];
        foreach (int index in indices)
            counts[index]++;

        return counts;
    }

    /// <summary>Label sets from the names of each row's classes, the classes in ordinal order.</summary>
    /// <param name="rows">The names of each row, in any order; null for none.</param>
    public static LabelSets From(IEnumerable<IEnumerable<string>?> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        string[][] named = [.. rows.Select(row => row is null ? [] : row.Distinct(StringComparer.Ordinal).ToArray())];
        string[] names = [.. named.SelectMany(row => row).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var place = names.Select((name, k) => (name, k)).ToDictionary(pair => pair.name, pair => pair.k, StringComparer.Ordinal);
        return From(named.Select(row => row.Select(name => place[name]).Order().ToArray()), names);
    }

    /// <summary>Makes label sets from one list of classes per row.</summary>
    /// <param name="rows">Class indices, increasing within a row.</param>
    /// <param name="names">The classes' distinct names.</param>
    /// <exception cref="ArgumentException">Classes are not increasing, or an index is out of range.</exception>
    public static LabelSets From(IEnumerable<int[]> rows, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(names);
        var starts = new List<int> { 0 };
        var indices = new List<int>();
        foreach (int[] row in rows)
        {
            indices.AddRange(row);
            starts.Add(indices.Count);
        }

        return new LabelSets([.. starts], [.. indices], names);
    }

    /// <summary>Label sets with one class per row.</summary>
    /// <param name="labels">The classes; a row whose class is unknown gets an empty set.</param>
    public static LabelSets Of(Labels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var starts = new int[labels.Count + 1];
        for (int row = 0; row < labels.Count; row++)
            starts[row + 1] = starts[row] + (labels[row] >= 0 ? 1 : 0);

        return new LabelSets(starts, [.. labels.Indices.ToArray().Where(index => index >= 0)], labels.Names);
    }

    /// <summary>The rarest class of each row, for stratification; rows without a class form an extra class, the last.</summary>
    public Labels Rarest()
    {
        int[] counts = Counts();
        var rarest = new int[Count];
        for (int row = 0; row < rarest.Length; row++)
        {
            rarest[row] = Classes;
            foreach (int k in this[row])
                rarest[row] = rarest[row] == Classes || counts[k] < counts[rarest[row]] ? k : rarest[row];
        }

        return new Labels(rarest, [.. Names, ""]);
    }

    /// <summary>The label sets of the given rows, in the given order.</summary>
    public LabelSets Select(ReadOnlySpan<int> rows)
    {
        var chosenStarts = new int[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++)
            chosenStarts[i + 1] = checked(chosenStarts[i] + this[rows[i]].Length);

        var chosen = new int[chosenStarts[^1]];
        for (int i = 0; i < rows.Length; i++)
            this[rows[i]].CopyTo(chosen.AsSpan(chosenStarts[i]));

        return new LabelSets(chosenStarts, chosen, Names);
    }
}
