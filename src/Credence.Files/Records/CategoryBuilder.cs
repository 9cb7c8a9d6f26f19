using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Collects categories as codes. The codes stay the same from chunk to chunk, until there are so many names that
/// keeping them would exhaust memory; each column has the names of its own codes.</summary>
internal sealed class CategoryBuilder : IColumnBuilder
{
    private const int MostKept = 1 << 16;

    // In a list of names, what stands for a number without one.
    private const string NoName = "-";

    /// <summary>The memory of a name beside its letters: the object, and its places in the list and the index.</summary>
    private const int NameOverhead = 96;

    private readonly string name;
    private readonly MissingMarkers missing;
    private readonly bool isClosed;
    private readonly Dictionary<string, int>? byValue;
    private readonly List<int> codes = [];
    private readonly List<string> categories = [];
    private readonly Dictionary<string, int> index = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private string[] snapshot = [];
    private readonly SortedSet<int> numbers = [];
    private bool isNamed;
    private long nameBytes;

    /// <summary>Starts a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="missing">The cells that are missing.</param>
    /// <param name="numbered">The names of integer codes, from 0; null where a cell is its own name.</param>
    /// <param name="areLabels">Whether cells of equal value are one name, the first one's.</param>
    public CategoryBuilder(string name, MissingMarkers missing, IReadOnlyList<string>? numbered = null, bool areLabels = false)
    {
        byValue = areLabels ? new(StringComparer.Ordinal) : null;
        this.name = name;
        this.missing = missing;
        lookup = index.GetAlternateLookup<ReadOnlySpan<char>>();
        isClosed = numbered is not null;
        for (int i = 0; i < (numbered?.Count ?? 0); i++)
        {
            categories.Add(numbered![i]);
            index.TryAdd($"{i}", i);
            byValue?.TryAdd($"{i}", i);
        }

        for (int i = 0; i < categories.Count; i++)
            index[categories[i]] = i;
    }

    /// <inheritdoc/>
    public string Expected => isClosed ? $"a whole number from 0 to {categories.Count - 1}, nor one of the label names "
        + $"(labels that count from 1 need a line '{NoName}' above the first name)" : "a name";

    /// <inheritdoc/>
    public long Bytes => nameBytes + (codes.Capacity * (long)sizeof(int));

    /// <summary>The names so far.</summary>
    public IReadOnlyList<string> Categories => categories;

    /// <inheritdoc/>
    public bool TryAdd(IRecords records, int field) => TryAdd(field < 0 ? [] : records.Text(field));

    /// <summary>Adds a cell; false where no new names are allowed.</summary>
    public bool TryAdd(ReadOnlySpan<char> cell)
    {
        int code = CodeOf(cell);
        if (code == -2)
            return false;

        codes.Add(code);
        return true;
    }

    /// <summary>The code of a name, which is added where it is new; −1 where missing, −2 where no new names are allowed.</summary>
    public int CodeOf(ReadOnlySpan<char> cell)
    {
        if (missing.Has(cell))
            return -1;

        if (lookup.TryGetValue(cell, out int code))
            return Counted(cell, code);

        if (byValue is not null && byValue.TryGetValue(LabelValue.Of(cell), out code))
        {
            index.Add(cell.ToString(), code);
            return Counted(cell, code);
        }

        if (isClosed)
            return -2;

        code = categories.Count;
        string learnt = cell.ToString();
        categories.Add(learnt);
        byValue?.Add(LabelValue.Of(learnt), code);
        index.Add(learnt, code);
        nameBytes += NameOverhead + (2L * learnt.Length);
        return code;
    }

    /// <summary>Refuses numbered labels that may count from 1: a name would be that of the class before.</summary>
    /// <param name="place">The file of the labels, for the message.</param>
    /// <exception cref="InvalidDataException">The labels are the numbers from 1 to some number, without 0.</exception>
    public void CheckStart(string place)
    {
        bool fromOne = numbers.Count > 1 && numbers.Min == 1 && numbers.Max == numbers.Count;
        if (fromOne && !isNamed && categories[0] != NoName)
        {
            throw new InvalidDataException(
                $"{place}, column '{NameDisplay.Shortened(name)}': the labels are all the numbers from 1 to {numbers.Max}, so they may "
                + "count from 1, and the first name, "
                + $"'{NameDisplay.Shortened(categories[0])}', is for 0. If they do, put a line '{NoName}' above the first name; "
                + $"if not, write '{NoName}' in its place, as it has no rows.");
        }
    }

    /// <summary>The code of a known name, noting whether it was given by its number.</summary>
    private int Counted(ReadOnlySpan<char> cell, int code)
    {
        if (!isClosed)
            return code;

        if (cell.SequenceEqual(categories[code]))
            isNamed = true;
        else
            numbers.Add(code);

        return code;
    }

    /// <inheritdoc/>
    public IColumn Take()
    {
        if (snapshot.Length != categories.Count)
            snapshot = [.. categories];

        var column = new CategoryColumn(name, [.. codes], snapshot);
        codes.Clear();
        if (!isClosed && categories.Count > MostKept)
        {
            categories.Clear();
            index.Clear();
            byValue?.Clear();
            nameBytes = 0;
        }

        return column;
    }
}
