using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>Collects cells that name several labels each.</summary>
internal sealed class LabelSetBuilder(string name, string separator, MissingMarkers missing, IReadOnlyList<string>? numbered)
{
    private readonly CategoryBuilder names = new(name, missing, numbered, areLabels: true);
    private readonly List<int> starts = [0];
    private readonly List<int> entries = [];
    private readonly SortedSet<int> row = [];

    /// <summary>The expected content of a label, for a message.</summary>
    public string Expected => names.Expected;

    /// <summary>The memory of the sets and names, in bytes.</summary>
    public long Bytes => names.Bytes + ((starts.Capacity + entries.Capacity) * (long)sizeof(int));

    /// <summary>Refuses numbered labels that may count from 1.</summary>
    public void CheckStart(string place) => names.CheckStart(place);

    /// <summary>Adds a cell; false where a label in it is invalid.</summary>
    public bool TryAdd(ReadOnlySpan<char> cell)
    {
        row.Clear();
        foreach (Range part in cell.Split(separator))
        {
            int code = names.CodeOf(cell[part].Trim());
            if (code == -2)
                return false;

            if (code >= 0)
                row.Add(code);
        }

        entries.AddRange(row);
        starts.Add(entries.Count);
        return true;
    }

    /// <summary>The sets added since the last call, classes in the order of <see cref="Labels.From(CategoryColumn)"/>, or of the
    /// given names.</summary>
    public LabelSets Take()
    {
        int[] rank = [.. Enumerable.Range(0, names.Categories.Count)];
        string[] ordered = [.. names.Categories];
        if (numbered is null)
        {
            ordered = [.. Labels.From(new CategoryColumn(name, [.. rank], ordered)).Names];
            for (int k = 0; k < ordered.Length; k++)
                rank[names.CodeOf(ordered[k])] = k;
        }

        int[] indices = [.. entries.Select(code => rank[code])];
        for (int i = 0; i + 1 < starts.Count; i++)
            Array.Sort(indices, starts[i], starts[i + 1] - starts[i]);

        var sets = new LabelSets([.. starts], indices, ordered);
        starts.Clear();
        starts.Add(0);
        entries.Clear();
        return sets;
    }
}
