using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>The public properties of objects as columns. A string, a number or an array of numbers is a row of one column.</summary>
internal static class ObjectRows
{
    /// <summary>The column's name where a row is a single value.</summary>
    public const string Value = "value";

    /// <summary>Whether a row of this type is a single value.</summary>
    public static bool IsValue(Type type) => ObjectCells.IsCell(type);

    /// <summary>The columns of the properties that a function chooses.</summary>
    /// <param name="rows">The objects.</param>
    /// <param name="wanted">Whether a property becomes a column.</param>
    /// <param name="kinds">The kind of a column; null for that of its type.</param>
    /// <exception cref="ArgumentException">A row is null, or a property has a type that no column holds.</exception>
    public static Table Table<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IReadOnlyList<T> rows, Func<string, bool> wanted, Func<string, ColumnKind?> kinds)
    {
        if (IsValue(typeof(T)))
            return new Table([ObjectCells.Column(Value, typeof(T), [.. rows.Select(row => (object?)row)], kinds(Value))], rows.Count);

        Check(rows);
        var columns = new List<IColumn>();
        foreach (PropertyInfo property in Properties<T>())
        {
            if (!wanted(property.Name))
                continue;

            if (!ObjectCells.IsCell(property.PropertyType))
            {
                throw new ArgumentException(
                    $"Property '{property.Name}' of {typeof(T).Name} is a {property.PropertyType.Name}, which no column holds: a number, a "
                    + "string, an enum, a bool, a date or an array of float is. Leave it out by naming it in "
                    + $"{nameof(ObjectOptions)}.{nameof(ObjectOptions.Except)}.",
                    nameof(rows));
            }

            columns.Add(ObjectCells.Column(property.Name, property.PropertyType, Values(rows, property), kinds(property.Name)));
        }

        return new Table(columns, rows.Count);
    }

    /// <summary>The values of one property, and its type.</summary>
    /// <exception cref="ArgumentException">There is no such property.</exception>
    public static (Type Type, object?[] Values) Property<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IReadOnlyList<T> rows, string name)
    {
        PropertyInfo[] all = Properties<T>();
        PropertyInfo property = Array.Find(all, property => property.Name == name) ?? throw new ArgumentException(
            $"{typeof(T).Name} has no public property '{name}'; it has {string.Join(", ", all.Select(property => property.Name))}.",
            nameof(name));
        Check(rows);
        return (property.PropertyType, Values(rows, property));
    }

    private static PropertyInfo[] Properties<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>() =>
    [
        .. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0),
    ];

    private static void Check<T>(IReadOnlyList<T> rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows[row] is null)
                throw new ArgumentException($"Row {row} (counted from 0) is null; every row must be an object.", nameof(rows));
        }
    }

    private static object?[] Values<T>(IReadOnlyList<T> rows, PropertyInfo property)
    {
        var values = new object?[rows.Count];
        for (int row = 0; row < values.Length; row++)
            values[row] = property.GetValue(rows[row]);

        return values;
    }
}
