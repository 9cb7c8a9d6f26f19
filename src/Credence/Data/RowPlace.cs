namespace Credence.Data;

/// <summary>The place of a row in its source, for messages.</summary>
/// <param name="File">The file's name as the caller gave it.</param>
/// <param name="Line">The 1-based line in the file; 0 where the name alone identifies the row.</param>
public readonly record struct RowPlace(string File, long Line)
{
    /// <summary>A row of an array, which has no lines: rows are counted from 0, as in NumPy and the command's JSON.</summary>
    /// <param name="array">The array.</param>
    /// <param name="row">The row, 0-based.</param>
    public static RowPlace OfRow(string array, long row)
    {
        ArgumentNullException.ThrowIfNull(array);
        return new($"{array} row {row} (counted from 0)", 0);
    }

    /// <summary>The place as messages name it: <c>orders.csv line 4017</c>.</summary>
    public override string ToString() => Line == 0 ? File : $"{File} line {Line}";
}
