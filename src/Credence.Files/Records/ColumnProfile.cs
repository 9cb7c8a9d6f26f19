using Credence.Data;

namespace Credence.Files.Records;

/// <summary>A profile of the cells of one column, from which its kind is inferred.</summary>
internal sealed class ColumnProfile(DistinctCells room)
{
    private readonly HashSet<ulong> distinct = [];
    private double last = double.NaN;

    /// <summary>Cells that are not missing.</summary>
    public long Present { get; private set; }

    /// <summary>Cells that are missing, empty ones too.</summary>
    public long Missing { get; private set; }

    /// <summary>Cells that have a marker of a missing value.</summary>
    public long Marked { get; private set; }

    /// <summary>Cells that are numbers written in the usual way, infinite ones too.</summary>
    public long Numbers { get; private set; }

    /// <summary>In which ways its cells are numbers.</summary>
    public NumberEvidence Evidence { get; } = new();

    /// <summary>In which orders its other cells are dates.</summary>
    public DateEvidence Dates { get; } = new();

    /// <summary>Words in the cells that are not numbers.</summary>
    public long Words { get; private set; }

    /// <summary>Whether all numbers are whole.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Whether each number is one more than the number before.</summary>
    public bool IsCounting { get; private set; } = true;

    /// <summary>Whether no two cells are the same.</summary>
    public bool IsAllDistinct { get; private set; } = true;

    /// <summary>The largest number.</summary>
    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>Numbers that are commonly written where there is none, such as −999.</summary>
    public SentinelCount Sentinels { get; } = new();

    /// <summary>Distinct cells: as many as there is room for, and no more than 64 are counted among numbers once two of them are the same
    /// or one isn't
    /// whole.</summary>
    public int Distinct => distinct.Count;

    /// <summary>Adds a cell.</summary>
    public void Add(IRecords records, int field, MissingMarkers missing, string file)
    {
        ReadOnlySpan<char> cell = field < 0 ? [] : records.Text(field);
        bool isNumber = NumberParser.TryParse(cell, out double number);
        if (missing.Has(cell) || (isNumber && missing.Has(number)))
        {
            Missing++;
            Marked += cell.Length > 0 ? 1 : 0;
            return;
        }

        Present++;
        Evidence.Add(cell, isNumber, new RowPlace(file, records.Line));
        if (isNumber)
            AddNumber(number, cell);
        else
            AddOdd(cell);
    }

    private void AddNumber(double number, ReadOnlySpan<char> cell)
    {
        Numbers++;
        IsWhole &= number == Math.Floor(number);
        IsCounting &= Numbers == 1 || number == last + 1;
        last = number;
        Max = Math.Max(Max, number);
        Sentinels.Add(number);
        if (IsWhole && IsAllDistinct)
            IsAllDistinct = room.HasRoom(distinct.Count) && IsNew(Hash(cell));
        else if (distinct.Count < 64)
            distinct.Add(Hash(cell));
    }

    private bool IsNew(ulong hash)
    {
        bool isNew = distinct.Add(hash);
        if (isNew)
            room.Add();

        return isNew;
    }

    private void AddOdd(ReadOnlySpan<char> cell)
    {
        if (room.HasRoom(distinct.Count))
            IsAllDistinct &= IsNew(Hash(cell));

        Dates.Add(cell);
        bool inWord = false;
        foreach (char c in cell)
        {
            bool isSpace = char.IsWhiteSpace(c);
            Words += !isSpace && !inWord ? 1 : 0;
            inWord = !isSpace;
        }
    }

    /// <summary>FNV-1a over the characters (Fowler, Noll and Vo), the same in every run.</summary>
    private static ulong Hash(ReadOnlySpan<char> cell)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in cell)
            hash = (hash ^ c) * 1099511628211;

        return hash;
    }
}
