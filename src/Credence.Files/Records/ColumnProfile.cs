using Credence.Data;

namespace Credence.Files.Records;

/// <summary>A profile of the cells of one column, from which its kind is inferred.</summary>
internal sealed class ColumnProfile(DistinctCells room)
{
    private readonly HashSet<ulong> distinct = [];
    private readonly HashSet<ulong> odd = [];
    private double last = double.NaN;

    /// <summary>Cells that are not missing.</summary>
    public long Present { get; private set; }

    /// <summary>Cells that are missing, empty ones too.</summary>
    public long Missing { get; private set; }

    /// <summary>Cells that have a marker of a missing value.</summary>
    public long Marked { get; private set; }

    /// <summary>Cells that are numbers, infinite ones too.</summary>
    public long Numbers { get; private set; }

    /// <summary>Cells that are dates.</summary>
    public long Dates { get; private set; }

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

    /// <summary>Distinct cells that are not numbers, at most 1,000.</summary>
    public int DistinctOdd => odd.Count;

    /// <summary>The first cell that is not a number.</summary>
    public string? FirstOdd { get; private set; }

    /// <summary>Its place.</summary>
    public RowPlace FirstOddPlace { get; private set; }

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
        if (isNumber)
            AddNumber(number);
        else
            AddOdd(cell, new RowPlace(file, records.Line));
    }

    private void AddNumber(double number)
    {
        Numbers++;
        IsWhole &= number == Math.Floor(number);
        IsCounting &= Numbers == 1 || number == last + 1;
        last = number;
        Max = Math.Max(Max, number);
        Sentinels.Add(number);
        if (IsWhole && IsAllDistinct)
            IsAllDistinct = room.HasRoom(distinct.Count) && IsNew(BitConverter.DoubleToUInt64Bits(number));
        else if (distinct.Count < 64)
            distinct.Add(BitConverter.DoubleToUInt64Bits(number));
    }

    private bool IsNew(ulong hash)
    {
        bool isNew = distinct.Add(hash);
        if (isNew)
            room.Add();

        return isNew;
    }

    private void AddOdd(ReadOnlySpan<char> cell, RowPlace place)
    {
        ulong hash = Hash(cell);
        if (room.HasRoom(distinct.Count))
            IsAllDistinct &= IsNew(hash);

        if (odd.Count < 1000)
            odd.Add(hash);

        if (FirstOdd is null)
        {
            FirstOdd = cell.ToString();
            FirstOddPlace = place;
        }

        if (Dates == Present - 1 - Numbers && DateParser.TryParse(cell, out _))
            Dates++;

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
