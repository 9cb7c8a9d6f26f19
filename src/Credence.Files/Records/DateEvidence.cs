namespace Credence.Files.Records;

/// <summary>Counts how many of a column's cells are dates in the usual formats and in each order of day, month and year.</summary>
internal sealed class DateEvidence
{
    private static readonly DateOrder?[] Orders = [null, DateOrder.Dmy, DateOrder.Mdy, DateOrder.Ymd];
    private readonly long[] counts = new long[Orders.Length];
    private long cells;

    /// <summary>Whether a cell is one day in one order and another day in another.</summary>
    public bool IsAmbiguous { get; private set; }

    /// <summary>The first cell; null before it.</summary>
    public string? First { get; private set; }

    /// <summary>Adds a cell that is no number.</summary>
    public void Add(ReadOnlySpan<char> cell)
    {
        First ??= cell.ToString();
        // A way is not tried any more once a cell was not written in it.
        long usual = 0;
        for (int i = 0; i < Orders.Length; i++)
        {
            if (counts[i] < cells || !DateParser.TryParse(cell, Orders[i], out long ticks))
                continue;

            counts[i]++;
            IsAmbiguous |= i > 0 && usual != 0 && ticks != usual;
            usual = usual == 0 ? ticks : usual;
        }

        cells++;
    }

    /// <summary>Whether the cells are dates in a given order, null for the usual one.</summary>
    public bool Fits(DateOrder? order) => cells > 0 && counts[Array.IndexOf(Orders, order)] == cells;

    /// <summary>The order that all cells fit, where only one does; null where several do, or none.</summary>
    public DateOrder? Only => Fits(DateOrder.Dmy) == Fits(DateOrder.Mdy) ? null : Fits(DateOrder.Dmy) ? DateOrder.Dmy : DateOrder.Mdy;

    /// <summary>Whether all cells are dates, and in which order; null for the usual one.</summary>
    /// <param name="asked">The order that an option gives, or null.</param>
    /// <param name="ofOthers">The order in other columns, which settles it where the cells don't; null for none.</param>
    /// <param name="order">The order.</param>
    public bool TryOrder(DateOrder? asked, DateOrder? ofOthers, out DateOrder? order)
    {
        order = asked;
        if (asked is not null && Fits(asked))
            return true;

        order = null;
        bool isOpen = Fits(DateOrder.Dmy) && Fits(DateOrder.Mdy);
        if (asked is null && isOpen && IsAmbiguous && ofOthers is not null)
            order = ofOthers;
        else if (Fits(null))
            return true;
        else if (isOpen)
            order = First!.Contains('/', StringComparison.Ordinal) ? DateOrder.Mdy : DateOrder.Dmy;
        else
            order = Only ?? (Fits(DateOrder.Ymd) ? DateOrder.Ymd : null);

        return order is not null && asked is null;
    }
}
