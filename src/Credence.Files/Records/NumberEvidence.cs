using Credence.Data;

namespace Credence.Files.Records;

/// <summary>Counts how many of a column's cells are numbers in each of the ways that numbers are written, and what speaks for
/// codes.</summary>
internal sealed class NumberEvidence
{
    /// <summary>From so many digits on, a double doesn't tell neighbouring whole numbers apart.</summary>
    private const int LongDigits = 16;

    private const int MostOdd = 4;
    private static readonly int Ways = NumberFormat.All.Count;
    private readonly long[] counts = new long[Ways];
    private readonly OddCells[] odd = [.. NumberFormat.All.Select(_ => new OddCells())];
    private readonly OddCells none = new();
    private long cells;
    private string? mark;

    /// <summary>A whole number that begins with a zero; null for none.</summary>
    public string? ZeroFirst { get; private set; }

    /// <summary>A whole number of so many digits that a double rounds it; null for none.</summary>
    public string? Long { get; private set; }

    /// <summary>A currency or per cent sign unlike the first; null for none.</summary>
    public string? OtherMark { get; private set; }

    /// <summary>The first currency or per cent sign; null for none.</summary>
    public string? Mark => mark;

    /// <summary>Whether a cell's commas or points might set thousands apart as well as decimals.</summary>
    public bool IsAmbiguous { get; private set; }

    /// <summary>The cells that are numbers written in a way.</summary>
    public long Count(NumberFormat format) => counts[Index(format)];

    /// <summary>The first cell that is none, and its place.</summary>
    public (string? Cell, RowPlace Place) FirstOdd(NumberFormat format)
    {
        OddCells own = odd[Index(format)];
        OddCells first = own.First is null || (none.First is not null && none.At < own.At) ? none : own;
        return (first.First, first.Place);
    }

    /// <summary>The distinct cells that are none: all, where there are at most 3.</summary>
    public int DistinctOdd(NumberFormat format) => none.Distinct + odd[Index(format)].Distinct;

    /// <summary>Adds a cell that is present.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="isUsual">Whether it is a number written in the usual way.</param>
    /// <param name="place">Its place.</param>
    public void Add(ReadOnlySpan<char> cell, bool isUsual, RowPlace place)
    {
        cells++;
        if (isUsual)
            AddUsual(cell, place);
        else
            AddOther(cell, place);
    }

    private static int Index(NumberFormat format)
    {
        for (int i = 0; i < Ways; i++)
        {
            if (ReferenceEquals(NumberFormat.All[i], format))
                return i;
        }

        throw new ArgumentException($"'{format.Name}' is none of the ways.", nameof(format));
    }

    private void AddUsual(ReadOnlySpan<char> cell, RowPlace place)
    {
        int point = cell.IndexOf('.');
        if (point < 0)
        {
            for (int i = 0; i < Ways; i++)
                counts[i]++;

            AddWhole(cell);
            return;
        }

        for (int i = 0; i < Ways; i++)
        {
            if (NumberFormat.All[i].Point == '.' || (NumberFormat.All[i].HasThousands && NumberFormat.All[i].TryParse(cell, out _)))
                counts[i]++;
            else
                odd[i].Add(cells, cell, place);
        }
    }

    private void AddWhole(ReadOnlySpan<char> cell)
    {
        if ((ZeroFirst is not null && Long is not null) || cell.ContainsAnyExceptInRange('0', '9'))
            return;

        if (cell.Length > 1 && cell[0] == '0')
            ZeroFirst ??= cell.ToString();

        if (cell.Length >= LongDigits)
            Long ??= cell.ToString();
    }

    private void AddOther(ReadOnlySpan<char> cell, RowPlace place)
    {
        bool maybe = NumberFormat.Bare(cell, out ReadOnlySpan<char> sign, out _) is [>= '0' and <= '9' or '.' or ',', ..];
        int fits = 0, asPoint = 0, asComma = 0;
        for (int i = 0; maybe && i < Ways; i++)
        {
            if (NumberFormat.All[i].TryParse(cell, out _))
            {
                fits |= 1 << i;
                (asPoint, asComma) = NumberFormat.All[i].Point == '.' ? (1, asComma) : (asPoint, 1);
            }
        }

        if (fits == 0)
        {
            none.Add(cells, cell, place);
            return;
        }

        for (int i = 0; i < Ways; i++)
        {
            if ((fits >> i & 1) == 1)
                counts[i]++;
            else
                odd[i].Add(cells, cell, place);
        }

        IsAmbiguous |= asPoint + asComma == 2 && cell.ContainsAny(".,");
        if (mark is null)
            mark = sign.ToString();
        else if (sign.Length > 0 && mark.Length > 0 && !sign.SequenceEqual(mark))
            OtherMark ??= sign.ToString();
        else if (mark.Length == 0)
            mark = sign.ToString();
    }

    private sealed class OddCells
    {
        private readonly HashSet<string> cells = new(StringComparer.Ordinal);

        public string? First { get; private set; }

        public RowPlace Place { get; private set; }

        public long At { get; private set; }

        public int Distinct => cells.Count;

        public void Add(long at, ReadOnlySpan<char> cell, RowPlace place)
        {
            if (cells.Count == MostOdd || cells.GetAlternateLookup<ReadOnlySpan<char>>().Contains(cell))
                return;

            string odd = cell.ToString();
            cells.Add(odd);
            if (First is null)
                (First, Place, At) = (odd, place, at);
        }
    }
}
