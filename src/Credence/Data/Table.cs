using System.Diagnostics.CodeAnalysis;
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
        ArgumentNullException.ThrowIfNull(columns);
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

    /// <summary>A table of objects: each public property is a column. Numbers are numbers, <c>DateTime</c> and its kin points in time,
    /// <c>bool</c> and enums categories, strings categories or running text by what they hold, <c>float[]</c> and <c>double[]</c> vectors;
    /// null is missing. Where a row is itself a string, a number or an array of numbers, there is one column, "value".</summary>
    /// <param name="rows">The objects, at least one where strings are to be judged.</param>
    /// <param name="options">Properties to leave out, and kinds of columns.</param>
    /// <exception cref="ArgumentException">A row is null, or a property has a type that no column holds.</exception>
    public static Table From<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IEnumerable<T> rows, ObjectOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new ObjectOptions();
        return ObjectRows.Table(
            [.. rows],
            name => !options.Except.Contains(name) && name != options.Weight && name != options.Group,
            name => options.Kinds.TryGetValue(name, out ColumnKind kind) ? kind : null);
    }

    /// <summary>The columns that a model reads, from objects that may have other properties too. A string is what the model takes it
    /// for; a row that is itself a string, a number or an array of numbers is the model's only column.</summary>
    /// <param name="rows">The objects.</param>
    /// <param name="inputs">The model's columns.</param>
    /// <exception cref="ArgumentException">A row is null, a property has a type that no column holds, or the rows are single values and the
    /// model reads several columns.</exception>
    public static Table From<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IEnumerable<T> rows, IReadOnlyList<ColumnSchema> inputs)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(inputs);
        bool isValue = ObjectRows.IsValue(typeof(T));
        if (isValue && inputs.Count != 1)
        {
            throw new ArgumentException(
                $"A row is a single {typeof(T).Name}, and the model reads {inputs.Count} columns: "
                + $"{string.Join(", ", inputs.Take(20).Select(input => $"'{input.Name}'"))}. Give objects with these properties.",
                nameof(rows));
        }

        var known = inputs.ToDictionary(input => isValue ? ObjectRows.Value : input.Name, input => input.Kind, StringComparer.Ordinal);
        Table table = ObjectRows.Table([.. rows], known.ContainsKey, Kind);
        return isValue ? new Table([table.Columns[0].Rename(inputs[0].Name)]) : table;

        // What else a column holds is converted as any other table's would be.
        ColumnKind? Kind(string name) => known[name] is ColumnKind.Text or ColumnKind.Category ? known[name] : null;
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
