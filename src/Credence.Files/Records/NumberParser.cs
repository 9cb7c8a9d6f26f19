using System.Globalization;

namespace Credence.Files.Records;

/// <summary>Reads numbers from text: digits with a point and an exponent, exactly rounded.</summary>
internal static class NumberParser
{
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Whether the text is a number, and its value: infinite for <c>inf</c> or what is too large, never NaN.</summary>
    /// <remarks>A number of at most 15 digits with an exponent of at most 22 is one exact multiplication or division
    /// (Clinger, 1990); the rest is parsed by the framework.</remarks>
    public static bool TryParse(ReadOnlySpan<char> text, out double number)
    {
        int i = 0;
        bool negative = false;
        if (text.Length > 0 && (text[0] == '-' || text[0] == '+'))
        {
            negative = text[0] == '-';
            i = 1;
        }

        long mantissa = 0;
        int digits = 0, point = -1;
        for (; i < text.Length; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit <= 9 && digits < 16)
            {
                mantissa = (mantissa * 10) + digit;
                digits++;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = digits;
            }
            else
            {
                return TryParseSlowly(text, out number);
            }
        }

        if (digits == 0 || digits > 15)
            return TryParseSlowly(text, out number);

        double value = point < 0 ? mantissa : mantissa / PowersOfTen[digits - point];
        number = negative ? -value : value;
        return true;
    }

    private static bool TryParseSlowly(ReadOnlySpan<char> text, out double number)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, Styles, CultureInfo.InvariantCulture, out number) && !double.IsNaN(number))
            return true;

        ReadOnlySpan<char> unsigned = text.TrimStart("+-");
        if (text.Length - unsigned.Length <= 1
            && (unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase)
                || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase)))
        {
            number = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return false;
    }
}
