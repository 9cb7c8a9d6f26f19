using System.Globalization;
using System.Text;

namespace Credence.Cli.Output;

/// <summary>Text of labels, columns and files as a screen may show it: what would move the cursor, colour the screen or turn the reading
/// direction is written as its code. Unicode, Bidirectional Algorithm (UAX 9), 2024; ECMA-48, 1991.</summary>
internal static class ShownText
{
    /// <summary>The text with every control character, line separator and bidirectional mark escaped.</summary>
    public static string Of(string text) => Escaped(text, keepsLines: false);

    /// <summary>As <see cref="Of"/>, but line feeds remain: for a text of several lines that we wrote.</summary>
    public static string Lines(string text) => Escaped(text, keepsLines: true);

    private static string Escaped(string text, bool keepsLines)
    {
        int first = 0;
        while (first < text.Length && !IsEscaped(text[first], keepsLines))
            first++;

        if (first == text.Length)
            return text;

        var shown = new StringBuilder(text, 0, first, text.Length + 16);
        foreach (char letter in text.AsSpan(first))
        {
            if (IsEscaped(letter, keepsLines))
                shown.Append(Code(letter));
            else
                shown.Append(letter);
        }

        return shown.ToString();
    }

    private static bool IsEscaped(char letter, bool keepsLines) =>
        (char.IsControl(letter) && !(keepsLines && letter == '\n'))
        || letter is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';

    private static string Code(char letter) => letter switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < '\u0100' => string.Create(CultureInfo.InvariantCulture, $@"\x{(int)letter:x2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)letter:x4}"),
    };
}
