using System.Globalization;

namespace Credence.Files.Records;

/// <summary>Parses dates in unambiguous formats: ISO 8601, names of months, day first with
/// points, month first with slashes.</summary>
internal static class DateParser
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy-M-d", "yyyy/M/d", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy/MM/dd HH:mm", "yyyy/MM/dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "d-MMM-yyyy", "d MMM yyyy", "MMM d yyyy", "MMM d, yyyy", "d.M.yyyy", "d.M.yyyy HH:mm", "d.M.yyyy HH:mm:ss",
        "M/d/yyyy", "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss", "M/d/yyyy h:mm tt", "M/d/yyyy h:mm:ss tt",
    ];

    /// <summary>Whether the text is a date, and its ticks; one with a zone is converted to UTC.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.Length is < 8 or > 40 || !char.IsAsciiLetterOrDigit(text[0]) || text.IndexOfAny("-/. ") < 1)
            return false;

        const DateTimeStyles Styles = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
        if (!DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Styles, out DateTime date))
            return false;

        ticks = date.Ticks;
        return true;
    }
}
