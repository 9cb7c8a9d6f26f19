namespace Credence.Files.Records;

/// <summary>The cells that mean a value is missing: the empty one, the usual markers, and those of the options. An empty marker given
/// alone replaces the usual ones; a marker that is a number, such as −999, also means −999.0.</summary>
internal sealed class MissingMarkers(IReadOnlyList<string>? asked)
{
    private readonly string[] markers =
    [
        .. asked is [""] ? [] : (string[])["NA", "N/A", "?", "NaN", "nan", "null", "NULL"],
        .. (asked ?? []).Where(marker => marker.Length > 0),
    ];

    private readonly double[] numbers =
        [.. (asked ?? []).Select(marker => NumberParser.TryParse(marker, out double number) ? number : double.NaN).Where(double.IsFinite)];

    private readonly int longest = (asked ?? []).Select(marker => marker.Length).Append(4).Max();

    /// <summary>Whether a number is one of the markers.</summary>
    public bool Has(double number) => Array.IndexOf(numbers, number) >= 0;

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
