namespace Credence.Data;

/// <summary>Where a row stands: what a message about it says.</summary>
/// <param name="File">The file's name as it was given.</param>
/// <param name="Line">The 1-based line in the file; 0 where the name says it all.</param>
public readonly record struct RowPlace(string File, long Line)
{
    /// <summary>A row of an array, which has no lines: it is counted from 0, as NumPy and the command's JSON do.</summary>
    /// <param name="array">The array.</param>
    /// <param name="row">The row, 0-based.</param>
    public static RowPlace OfRow(string array, long row) => new($"{array} row {row} (counted from 0)", 0);

    /// <summary>As messages begin: <c>orders.csv line 4017</c>.</summary>
    public override string ToString() => Line == 0 ? File : $"{File} line {Line}";
}
