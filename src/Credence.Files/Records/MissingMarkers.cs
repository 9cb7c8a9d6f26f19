namespace Credence.Files.Records;

/// <summary>The cells that mean a value is missing: the empty one, the usual markers, and those of the options. An empty marker given
/// alone replaces the usual ones.</summary>
internal sealed class MissingMarkers(IReadOnlyList<string>? asked)
{
    private readonly string[] markers =
    [
        .. asked is [""] ? [] : (string[])["NA", "N/A", "?", "NaN", "nan", "null", "NULL"],
        .. (asked ?? []).Where(marker => marker.Length > 0),
    ];

    private readonly int longest = (asked ?? []).Select(marker => marker.Length).Append(4).Max();

    /// <summary>Whether a cell is empty or one of the markers.</summary>
    public bool Has(ReadOnlySpan<char> cell)
    {
        if (cell.Length == 0)
            return true;

        if (cell.Length > longest)
            return false;

        foreach (string marker in markers)
        {
            if (cell.SequenceEqual(marker))
                return true;
        }

        return false;
    }
}
