using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>Typed columns of equal length. Immutable.</summary>
public sealed class Table
{
    private readonly Dictionary<string, IColumn> byName = new(StringComparer.Ordinal);

    /// <summary>Makes a table from columns.</summary>
    /// <param name="columns">Columns of equal length, with distinct names.</param>
    /// <param name="rows">The number of rows; used only where there are no columns.</param>
    /// <exception cref="ArgumentException">Two columns share a name or differ in length.</exception>
    public Table(IReadOnlyList<IColumn> columns, int rows = 0)
    {
        Rows = columns.Count == 0 ? rows : columns[0].Count;
        foreach (IColumn column in columns)
        {
            if (column.Count != Rows)
            {
                throw new ArgumentException(
                    $"Column '{column.Name}' has {column.Count} rows, column '{columns[0].Name}' has {Rows}.", nameof(columns));
            }

            if (!byName.TryAdd(column.Name, column))
                throw new ArgumentException($"Two columns are named '{column.Name}'.", nameof(columns));
        }

        Columns = columns;
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<IColumn> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The column with exactly that name, or null.</summary>
    public IColumn? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The table with the given rows, in the given order.</summary>
    /// <param name="rows">0-based row numbers; a row may occur more than once.</param>
    public Table Select(ReadOnlySpan<int> rows)
    {
        var chosen = new IColumn[Columns.Count];
        for (int i = 0; i < chosen.Length; i++)
            chosen[i] = Columns[i].Select(rows);

        return new Table(chosen, rows.Length);
    }
}
