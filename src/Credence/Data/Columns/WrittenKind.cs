namespace Credence.Data.Columns;

/// <summary>Whether written cells are running text, or names out of few.</summary>
public static class WrittenKind
{
    /// <summary>Text where cells of several words are mostly different, or cells of three words or more are not mostly the same; otherwise
    /// categories.</summary>
    /// <param name="cells">The number of cells that are not missing.</param>
    /// <param name="distinct">How many of them differ.</param>
    /// <param name="words">The number of words in all of them, counted between white space.</param>
    /// <returns><see cref="ColumnKind.Text"/> or <see cref="ColumnKind.Category"/>.</returns>
    public static ColumnKind Of(long cells, long distinct, long words)
    {
        double perCell = (double)words / Math.Max(1, cells), different = (double)distinct / Math.Max(1, cells);
        return (perCell >= 1.5 && different > 0.5) || (perCell >= 3 && different > 0.1) ? ColumnKind.Text : ColumnKind.Category;
    }
}
