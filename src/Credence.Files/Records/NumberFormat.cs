using System.Globalization;

namespace Credence.Files.Records;

/// <summary>How numbers are written: the sign of decimals and the sign between thousands. A currency or a per cent sign beside the number
/// is left off, so that 17 % is 17; a number in parentheses is negative.</summary>
internal sealed class NumberFormat
{
    private const int Longest = 48;
    private static readonly string[] Currencies =
    [
        "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BRL", "TRY",
        "RUB", "ZAR", "MXN", "KRW", "SGD", "HKD", "US$", "R$", "kr.", "kr", "zł", "Kč", "Ft", "Fr.", "Rs.", "Rs",
    ];

    private readonly string thousands;

    private NumberFormat(string name, char point, string thousands)
    {
        Name = name;
        Point = point;
        this.thousands = thousands;
    }

    /// <summary>All ways, the simplest first.</summary>
    public static IReadOnlyList<NumberFormat> All { get; } =
    [
        new("1234.5", '.', ""),
        new("1,234.5", '.', ","),
        new("1234,5", ',', ""),
        new("1.234,5", ',', "."),
        new("1 234.5", '.', " \u00A0\u202F\u2009"),
        new("1 234,5", ',', " \u00A0\u202F\u2009"),
        new("1'234.5", '.', "'\u2019"),
        new("1'234,5", ',', "'\u2019"),
    ];

    /// <summary>The usual way: a point and no sign between thousands.</summary>
    public static NumberFormat Usual => All[0];

    /// <summary>A number written that way, which is the name of the way.</summary>
    public string Name { get; }

    /// <summary>The sign of decimals.</summary>
    public char Point { get; }

    /// <summary>Whether thousands may be set apart.</summary>
    public bool HasThousands => thousands.Length > 0;

    /// <summary>The way that a sign of decimals gives, thousands set apart by the other sign or by none; null for another sign.</summary>
    public static NumberFormat? OfPoint(char point) => point switch { '.' => All[1], ',' => All[3], _ => null };

    /// <summary>The first way in which a text is a number; null for none.</summary>
    public static NumberFormat? Of(ReadOnlySpan<char> text)
    {
        foreach (NumberFormat way in All)
        {
            if (way.TryParse(text, out _))
                return way;
        }

        return null;
    }

    /// <summary>Whether a text is a number written this way, and its value.</summary>
    public bool TryParse(ReadOnlySpan<char> text, out double number) =>
        (this == Usual && NumberParser.TryParse(text, out number)) || TryParseBare(Bare(text, out _, out bool isNegative), isNegative,
            out number);

    /// <summary>The number alone, without currency, per cent sign and sign; empty where there is no digit.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="mark">The currency or the per cent sign, or empty.</param>
    /// <param name="isNegative">Whether a sign or parentheses make it negative.</param>
    public static ReadOnlySpan<char> Bare(ReadOnlySpan<char> text, out ReadOnlySpan<char> mark, out bool isNegative)
    {
        isNegative = false;
        mark = [];
        if (text.Length is 0 or > Longest)
            return [];

        if (text[0] == '(' && text[^1] == ')')
        {
            isNegative = true;
            text = text[1..^1].Trim();
        }

        for (int step = 0; step < 4 && text.Length > 0 && !char.IsAsciiDigit(text[0]); step++)
        {
            if (text[0] is '-' or '\u2212' or '+')
            {
                isNegative ^= text[0] != '+';
                text = text[1..].TrimStart();
            }
            else if (Leading(text) is > 0 and int length)
            {
                mark = text[..length];
                text = text[length..].TrimStart();
            }
            else
            {
                break;
            }
        }

        if (text.Length > 1 && !char.IsAsciiDigit(text[^1]) && Trailing(text) is > 0 and int end)
        {
            mark = text[^end..];
            text = text[..^end].TrimEnd();
        }

        return text;
    }

    private bool TryParseBare(ReadOnlySpan<char> text, bool isNegative, out double number)
    {
        number = 0;
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] == Point))
            return false;

        Span<char> plain = stackalloc char[Longest];
        int length = 0, group = 0;
        bool isGrouped = false, isFraction = false;
        char between = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsAsciiDigit(c))
            {
                plain[length++] = c;
                group++;
            }
            else if (c == Point && !isFraction)
            {
                if (isGrouped && group != 3)
                    return false;

                isFraction = true;
                plain[length++] = '.';
            }
            else if (!isFraction && thousands.Contains(c) && (between == '\0' || between == c))
            {
                // Groups of three, or of two before the last, as in India.
                if (group == 0 || group > 3 || (isGrouped && group < 2) || (!isGrouped && text[0] == '0'))
                    return false;

                (isGrouped, between, group) = (true, c, 0);
            }
            else if (c is 'e' or 'E' && length > 0 && !isGrouped)
            {
                text[i..].CopyTo(plain[length..]);
                length += text.Length - i;
                group = 3;
                break;
            }
            else
            {
                return false;
            }
        }

        if ((isGrouped && !isFraction && group != 3) || !NumberParser.TryParse(plain[..length], out number))
            return false;

        number = isNegative ? -number : number;
        return true;
    }

    private static int Leading(ReadOnlySpan<char> text)
    {
        if (char.GetUnicodeCategory(text[0]) == UnicodeCategory.CurrencySymbol)
            return 1;

        foreach (string currency in Currencies)
        {
            if (text.StartsWith(currency, StringComparison.Ordinal))
                return currency.Length;
        }

        return 0;
    }

    private static int Trailing(ReadOnlySpan<char> text)
    {
        if (text[^1] is '%' || char.GetUnicodeCategory(text[^1]) == UnicodeCategory.CurrencySymbol)
            return 1;

        foreach (string currency in Currencies)
        {
            if (text.EndsWith(currency, StringComparison.Ordinal))
                return currency.Length;
        }

        return 0;
    }
}
