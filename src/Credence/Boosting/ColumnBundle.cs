namespace Credence.Boosting;

/// <summary>Columns of which at most one is outside its most frequent bin in any row, kept as one: bin 0 where none is, then the other
/// bins of each column (G. Ke and others, LightGBM, 2017, exclusive feature bundling, here without conflicts). A bundle of one column is
/// the column itself.</summary>
internal sealed class ColumnBundle
{
    /// <summary>The fraction of rows outside its most frequent bin up to which a column is bundled.</summary>
    private const double MostOutside = 0.5;

    private const int MostBins = 256, MostTried = 16;
    private readonly ColumnBins[] bins;

    private ColumnBundle(int[] columns, int[] usual, ColumnBins[] bins)
    {
        Columns = columns;
        Usual = usual;
        this.bins = bins;
        Starts = new int[columns.Length];
        Count = 1;
        for (int i = 0; i < columns.Length; i++)
        {
            Starts[i] = Count;
            Count += bins[i].Count - 1;
        }
    }

    /// <summary>The columns.</summary>
    public int[] Columns { get; }

    /// <summary>The most frequent bin of each.</summary>
    public int[] Usual { get; }

    /// <summary>The first of each column's other bins here.</summary>
    public int[] Starts { get; }

    /// <summary>The number of bins.</summary>
    public int Count { get; }

    public bool IsColumn => Columns.Length == 1;

    /// <summary>The bin of one of the columns where the bundle is in a bin.</summary>
    public int BinOf(int place, int bin)
    {
        if (IsColumn)
            return bin;

        int other = bin - Starts[place];
        return other < 0 || other >= bins[place].Count - 1 ? Usual[place] : other < Usual[place] ? other : other + 1;
    }

    /// <summary>The sums of one column's bins.</summary>
    /// <param name="place">Which of the columns.</param>
    /// <param name="sums">The sums of this bundle's bins.</param>
    /// <param name="total">The sum of all rows.</param>
    /// <param name="into">Receives them, unless the bundle is the column.</param>
    /// <returns>The sums: of this bundle, or <paramref name="into"/>.</returns>
    public ReadOnlySpan<BinSums> SumsOf(int place, ReadOnlySpan<BinSums> sums, BinSums total, Span<BinSums> into)
    {
        if (IsColumn)
            return sums;

        int usual = Usual[place], count = bins[place].Count;
        ReadOnlySpan<BinSums> others = sums.Slice(Starts[place], count - 1);
        BinSums rest = total;
        for (int i = 0; i < others.Length; i++)
        {
            into[i < usual ? i : i + 1] = others[i];
            rest -= others[i];
        }

        into[usual] = rest;
        return into[..count];
    }

    /// <summary>Writes the bin of each row.</summary>
    /// <param name="cells">[column][row], each column's bins.</param>
    /// <param name="into">One number per row, changed at <paramref name="shift"/>.</param>
    /// <param name="shift">The lowest bit.</param>
    public void Write(byte[][] cells, uint[] into, int shift)
    {
        for (int place = 0; place < Columns.Length; place++)
        {
            byte[] own = cells[Columns[place]];
            int usual = Usual[place], start = Starts[place];
            for (int row = 0; row < own.Length; row++)
            {
                int bin = own[row];
                if (IsColumn)
                    into[row] |= (uint)bin << shift;
                else if (bin != usual)
                    into[row] |= (uint)(start + (bin < usual ? bin : bin - 1)) << shift;
            }
        }
    }

    /// <summary>Bundles columns: those with the most rows outside their usual bin first, each into the first bundle that it fits.</summary>
    /// <param name="bins">The bins of each column.</param>
    /// <param name="cells">[column][row].</param>
    public static ColumnBundle[] Of(ColumnBins[] bins, byte[][] cells)
    {
        var usual = new int[bins.Length];
        var outside = new int[bins.Length];
        for (int c = 0; c < bins.Length; c++)
            (usual[c], outside[c]) = UsualOf(cells[c]);

        int rows = cells.Length == 0 ? 0 : cells[0].Length;
        var open = new List<(List<int> Columns, ulong[] Taken, int Bins)>();
        foreach (int c in Enumerable.Range(0, bins.Length).Where(c => outside[c] <= rows * MostOutside).OrderByDescending(c => outside[c]))
        {
            ulong[] own = Outside(cells[c], usual[c]);
            int at = open.FindIndex(bundle => bundle.Bins + bins[c].Count - 1 <= MostBins && !Overlap(bundle.Taken, own));
            if (at >= 0)
            {
                open[at].Columns.Add(c);
                for (int i = 0; i < own.Length; i++)
                    open[at].Taken[i] |= own[i];

                open[at] = open[at] with { Bins = open[at].Bins + bins[c].Count - 1 };
            }
            else if (open.Count < MostTried)
            {
                open.Add(([c], own, bins[c].Count));
            }
        }

        var together = open.Where(bundle => bundle.Columns.Count > 1).Select(bundle => bundle.Columns.Order().ToArray()).ToList();
        HashSet<int> bundled = [.. together.SelectMany(columns => columns)];
        return [.. Enumerable.Range(0, bins.Length).Where(c => !bundled.Contains(c)).Select(c => new[] { c })
            .Concat(together)
            .OrderBy(columns => columns[0])
            .Select(columns => new ColumnBundle(columns, [.. columns.Select(c => usual[c])], [.. columns.Select(c => bins[c])]))];
    }

    private static (int Bin, int Others) UsualOf(byte[] cells)
    {
        var counts = new int[256];
        foreach (byte bin in cells)
            counts[bin]++;

        int most = Array.IndexOf(counts, counts.Max());
        return (most, cells.Length - counts[most]);
    }

    private static ulong[] Outside(byte[] cells, int usual)
    {
        var bits = new ulong[(cells.Length + 63) / 64];
        for (int row = 0; row < cells.Length; row++)
            bits[row / 64] |= cells[row] == usual ? 0 : 1UL << (row % 64);

        return bits;
    }

    private static bool Overlap(ulong[] a, ulong[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if ((a[i] & b[i]) != 0)
                return true;
        }

        return false;
    }
}
