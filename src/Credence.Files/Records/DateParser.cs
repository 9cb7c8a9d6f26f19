using System.Globalization;

namespace Credence.Files.Records;

/// <summary>Parses dates. The usual formats are unambiguous or by custom: ISO 8601, names of months, day first with points, month first
/// with slashes; an order of day and month replaces the custom.</summary>
internal static class DateParser
{
    private const int Century = 100, LastOfThisCentury = 49;
    private const DateTimeStyles Styles = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy-M-d", "yyyy/M/d", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy/MM/dd HH:mm", "yyyy/MM/dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "d-MMM-yyyy", "d MMM yyyy", "MMM d yyyy", "MMM d, yyyy", "d.M.yyyy", "d.M.yyyy HH:mm", "d.M.yyyy HH:mm:ss",
        "M/d/yyyy", "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss", "M/d/yyyy h:mm tt", "M/d/yyyy h:mm:ss tt",
    ];

    private static readonly string[] Times = ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF", "h:mm tt", "h:mm:ss tt", "H:mm 'Uhr'"];

    // English and German, with their usual abbreviations.
    private static readonly string[][] Months =
    [
        ["jan", "january", "januar", "jän", "jänner"], ["feb", "february", "februar", "febr"],
        ["mar", "march", "mär", "märz", "maerz", "mrz"],
        ["apr", "april"], ["may", "mai"], ["jun", "june", "juni"], ["jul", "july", "juli"], ["aug", "august"],
        ["sep", "sept", "september"], ["oct", "october", "okt", "oktober"], ["nov", "november"], ["dec", "december", "dez", "dezember"],
    ];

    /// <summary>Whether the text is a date in one of the usual formats, and its ticks; one with a zone is converted to UTC.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.Length is < 6 or > 40 || !char.IsAsciiLetterOrDigit(text[0]) || text.IndexOfAny("-/. ") < 1)
            return false;

        if (text.Length >= 8 && DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Styles, out DateTime date))
        {
            ticks = date.Ticks;
            return true;
        }

        return TryNamed(text, out ticks);
    }

    /// <summary>Whether the text is a date, and its ticks, where day, month and year stand in an order.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, DateOrder? order, out long ticks)
    {
        if (order is { } given && TryOrdered(text, given, out ticks))
            return true;

        return TryParse(text, out ticks) && (order is null || !IsOfNumbers(text));
    }

    /// <summary>Whether a date is three numbers with the year last or of two digits, so that their order must be known.</summary>
    private static bool IsOfNumbers(ReadOnlySpan<char> text)
    {
        int first = Digits(text);
        return first is 1 or 2 && first < text.Length && text[first] is '/' or '.' or '-' && Digits(text[(first + 1)..]) is 1 or 2;
    }

    private static bool TryOrdered(ReadOnlySpan<char> text, DateOrder order, out long ticks)
    {
        ticks = 0;
        Span<int> parts = stackalloc int[3], lengths = stackalloc int[3];
        int at = 0;
        char between = '\0';
        for (int i = 0; i < 3; i++)
        {
            lengths[i] = Digits(text[at..]);
            if (lengths[i] is 0 or > 4)
                return false;

            parts[i] = int.Parse(text.Slice(at, lengths[i]), NumberStyles.None, CultureInfo.InvariantCulture);
            at += lengths[i];
            if (i == 2)
                break;

            if (at >= text.Length || text[at] is not ('/' or '.' or '-') || (between != '\0' && text[at] != between))
                return false;

            between = text[at++];
        }

        (int year, int month, int day) = order switch
        {
            DateOrder.Dmy => (2, 1, 0),
            DateOrder.Mdy => (2, 0, 1),
            _ => (0, 1, 2),
        };
        bool isShort = lengths[year] == 2;
        if (lengths[month] > 2 || lengths[day] > 2 || !(isShort || lengths[year] == 4) || (isShort && between == '.' && lengths[day] != 2))
            return false;

        return TryDate(isShort ? Full(parts[year]) : parts[year], parts[month], parts[day], text[at..], out ticks);
    }

    /// <summary>A date with the month's name: <c>3. März 2024</c>, <c>March 3, 2024 14:05</c>, <c>3-Mrz-24</c>.</summary>
    private static bool TryNamed(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        Span<int> numbers = stackalloc int[2], lengths = stackalloc int[2];
        int month = 0, found = 0, at = 0;
        while (at < text.Length && (month == 0 || found < 2))
        {
            int digits = Digits(text[at..]), letters = digits > 0 ? 0 : Letters(text[at..]);
            if (digits is > 0 and <= 4 && found < 2)
            {
                lengths[found] = digits;
                numbers[found++] = int.Parse(text.Slice(at, digits), NumberStyles.None, CultureInfo.InvariantCulture);
            }
            else if (letters > 0 && month == 0 && MonthOf(text.Slice(at, letters)) is > 0 and int named)
            {
                month = named;
            }
            else if (digits + letters > 0 || text[at] is not (' ' or '.' or ',' or '-' or '/'))
            {
                return false;
            }

            at += Math.Max(1, digits + letters);
        }

        if (month == 0 || found < 2 || lengths[0] > 2 || lengths[1] is not (2 or 4))
            return false;

        return TryDate(lengths[1] == 2 ? Full(numbers[1]) : numbers[1], month, numbers[0], text[at..], out ticks);
    }

    private static bool TryDate(int year, int month, int day, ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;

        ReadOnlySpan<char> time = rest.TrimStart(" ,T");
        DateTime clock = default;
        bool isTime = time.IsEmpty || (time.Length < rest.Length
            && DateTime.TryParseExact(time, Times, CultureInfo.InvariantCulture, Styles | DateTimeStyles.NoCurrentDateDefault, out clock));
        ticks = isTime ? new DateTime(year, month, day).Ticks + clock.TimeOfDay.Ticks : 0;
        return isTime;
    }

    private static int MonthOf(ReadOnlySpan<char> word)
    {
        for (int i = 0; i < Months.Length; i++)
        {
            foreach (string name in Months[i])
            {
                if (word.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return i + 1;
            }
        }

        return 0;
    }

    private static int Full(int year) => year + (year <= LastOfThisCentury ? 20 : 19) * Century;

    private static int Digits(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
            count++;

        return count;
    }

    private static int Letters(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && char.IsLetter(text[count]))
            count++;

        return count;
    }
}
