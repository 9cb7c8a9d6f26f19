namespace Credence.Files;

/// <summary>Where a row stands: what a message about it says.</summary>
/// <param name="File">The file's name as it was given.</param>
/// <param name="Line">The 1-based line or row in the file; 0 where the file is the row.</param>
public readonly record struct RowPlace(string File, long Line)
{
    /// <summary>As messages begin: <c>orders.csv line 4017</c>.</summary>
    public override string ToString() => Line == 0 ? File : $"{File} line {Line}";
}
