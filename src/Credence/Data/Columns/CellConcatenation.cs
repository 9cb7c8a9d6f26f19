namespace Credence.Data.Columns;

/// <summary>Concatenates the cells of columns of one kind.</summary>
internal static class CellConcatenation
{
    /// <summary>All cells of a column, one after the other.</summary>
    public delegate ReadOnlySpan<T> CellsOf<TColumn, T>(TColumn column);

    /// <summary>The elements of a cell.</summary>
    public delegate ReadOnlySpan<T> CellOf<TColumn, T>(TColumn column, int row);

    /// <summary>The cells of columns whose cells all have the same length.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="others">The columns after it.</param>
    /// <param name="cells">Returns the cells of a column.</param>
    public static T[] Join<TColumn, T>(TColumn first, IReadOnlyList<IColumn> others, CellsOf<TColumn, T> cells)
        where TColumn : IColumn
    {
        TColumn[] parts = [first, .. others.Cast<TColumn>()];
        long length = 0;
        foreach (TColumn part in parts)
            length += cells(part).Length;

        var joined = new T[length];
        int at = 0;
        foreach (TColumn part in parts)
        {
            ReadOnlySpan<T> own = cells(part);
            own.CopyTo(joined.AsSpan(at));
            at += own.Length;
        }

        return joined;
    }

    /// <summary>The cells of columns whose cells differ in length, and rows + 1 offsets to where each begins.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="others">The columns after it.</param>
    /// <param name="cell">Returns the elements of a cell.</param>
    /// <exception cref="OverflowException">There are more elements than an array can hold.</exception>
    public static (T[] Cells, int[] Starts) Join<TColumn, T>(TColumn first, IReadOnlyList<IColumn> others, CellOf<TColumn, T> cell)
        where TColumn : IColumn
    {
        TColumn[] parts = [first, .. others.Cast<TColumn>()];
        var starts = new int[parts.Sum(part => part.Count) + 1];
        int at = 0;
        foreach (TColumn part in parts)
        {
            for (int row = 0; row < part.Count; row++, at++)
                starts[at + 1] = checked(starts[at] + cell(part, row).Length);
        }

        var cells = new T[starts[^1]];
        at = 0;
        foreach (TColumn part in parts)
        {
            for (int row = 0; row < part.Count; row++, at++)
                cell(part, row).CopyTo(cells.AsSpan(starts[at]));
        }

        return (cells, starts);
    }
}
