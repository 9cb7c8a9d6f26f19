using Credence.Data;

namespace Credence.Files.Records;

/// <summary>Collects label columns that say yes or no for one label each.</summary>
internal sealed class LabelFlagBuilder(IReadOnlyList<string> names)
{
    private readonly List<int> starts = [0];
    private readonly List<int> entries = [];

    /// <summary>The expected content of a cell, for a message.</summary>
    public const string Expected = "1 or 0, true or false, yes or no, as a row of several label columns needs";

    /// <summary>The memory of the sets, in bytes.</summary>
    public long Bytes => (starts.Capacity + entries.Capacity) * (long)sizeof(int);

    /// <summary>Adds a row.</summary>
    /// <param name="records">The current record.</param>
    /// <param name="fields">The positions of the label columns.</param>
    /// <returns>The first of them that says neither yes nor no; −1 where all do.</returns>
    public int Add(IRecords records, IReadOnlyList<int> fields)
    {
        for (int k = 0; k < names.Count; k++)
        {
            if (!TryRead(fields[k] < 0 ? [] : records.Text(fields[k]), out bool isSet))
                return k;

            if (isSet)
                entries.Add(k);
        }

        starts.Add(entries.Count);
        return -1;
    }

    /// <summary>The sets added since the last call, a class for each column.</summary>
    public LabelSets Take()
    {
        var sets = new LabelSets([.. starts], [.. entries], names);
        starts.Clear();
        starts.Add(0);
        entries.Clear();
        return sets;
    }

    private static bool TryRead(ReadOnlySpan<char> cell, out bool isSet)
    {
        isSet = false;
        if (NumberParser.TryParse(cell, out double number))
        {
            isSet = number == 1;
            return number is 0 or 1;
        }

        isSet = Is(cell, "true") || Is(cell, "yes");
        return isSet || Is(cell, "false") || Is(cell, "no");
    }

    private static bool Is(ReadOnlySpan<char> cell, string word) => cell.Equals(word, StringComparison.OrdinalIgnoreCase);
}
