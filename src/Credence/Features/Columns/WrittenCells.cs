using Credence.Data.Columns;

namespace Credence.Features.Columns;

/// <summary>Reads the cells of a column of texts or names as values of another kind.</summary>
internal static class WrittenCells
{
    /// <summary>Reads each cell that somebody wrote.</summary>
    /// <param name="column">The column there is.</param>
    /// <param name="read">Reads a text; false where it can't be.</param>
    /// <param name="missing">What stands for a cell that can't be read.</param>
    /// <param name="failed">How many of them are not blank.</param>
    /// <returns>The cells; null where nobody wrote them.</returns>
    public static T[]? Read<T>(IColumn column, TryRead<T> read, T missing, out int failed)
    {
        failed = 0;
        if (!column.IsWritten || column.Texts() is not { } texts)
            return null;

        var cells = new T[texts.Length];
        for (int row = 0; row < cells.Length; row++)
        {
            if (read(texts[row], out cells[row]))
                continue;

            failed += string.IsNullOrWhiteSpace(texts[row]) ? 0 : 1;
            cells[row] = missing;
        }

        return cells;
    }

    /// <summary>Reads a text as something else; false where that can't be.</summary>
    public delegate bool TryRead<T>(string? text, out T value);
}
