namespace Credence.Data.Columns;

/// <summary>A named, typed, immutable column of a <see cref="Table"/>.</summary>
public interface IColumn
{
    /// <summary>The column's name, as the file or the caller gave it.</summary>
    string Name { get; }

    /// <summary>What its cells are.</summary>
    ColumnKind Kind { get; }

    /// <summary>The number of rows.</summary>
    int Count { get; }

    /// <summary>The column with the given rows, in the given order; a row may come more than once.</summary>
    /// <param name="rows">0-based row numbers.</param>
    IColumn Select(ReadOnlySpan<int> rows);
}
