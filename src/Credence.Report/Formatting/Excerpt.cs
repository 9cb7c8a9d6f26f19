using System.Globalization;
using System.Text;

namespace Credence.Report.Formatting;

/// <summary>Makes untrusted text safe to show: one line, of bounded length, without invisible characters.</summary>
public static class Excerpt
{
    /// <summary>The beginning of a text, cut between graphemes; white space becomes single spaces, control characters and direction
    /// marks become visible pictures or vanish, and an ellipsis marks the cut.</summary>
    /// <param name="text">Any text, of any length.</param>
    /// <param name="length">The maximum number of graphemes, at least 1.</param>
    public static string Of(string? text, int length)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var shown = new StringBuilder(Math.Min(text.Length, 4 * length));
        TextElementEnumerator graphemes = StringInfo.GetTextElementEnumerator(Window(text, length));
        int kept = 0;
        bool gap = false;
        while (graphemes.MoveNext())
        {
            string grapheme = graphemes.GetTextElement();
            if (string.IsNullOrWhiteSpace(grapheme))
            {
                gap = shown.Length > 0;
                continue;
            }

            string clean = Clean(grapheme);
            if (clean.Length == 0)
                continue;

            if (kept + (gap ? 1 : 0) >= length)
                return shown.Append('…').ToString();

            if (gap)
            {
                shown.Append(' ');
                kept++;
            }

            gap = false;
            shown.Append(clean);
            kept++;
        }

        return text.Length > MaxLength(length) ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary>The same between Unicode isolates, so that its writing direction doesn't affect the sentence around it.</summary>
    /// <param name="text">Any text, of any length.</param>
    /// <param name="length">The maximum number of graphemes, at least 1.</param>
    public static string Isolated(string? text, int length) => $"\u2068{Of(text, length)}\u2069";

    // A grapheme can be arbitrarily long (stacked accents); only this much of the text is inspected.
    private static int MaxLength(int length) => 16 * length + 64;

    private static string Window(string text, int length)
    {
        if (text.Length <= MaxLength(length))
            return text;

        int end = MaxLength(length);
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }

    private static string Clean(string grapheme)
    {
        var clean = new StringBuilder(grapheme.Length);
        foreach (Rune rune in grapheme.EnumerateRunes())
        {
            if (clean.Length >= 16)
                break;

            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control when rune.Value < 0x20:
                    clean.Append((char)(0x2400 + rune.Value));
                    break;
                case UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned:
                    clean.Append('\uFFFD');
                    break;
                case UnicodeCategory.Format when rune.Value != 0x200D && rune.Value != 0x200C:
                    break;
                default:
                    clean.Append(rune.ToString());
                    break;
            }
        }

        return clean.ToString();
    }
}
