namespace Credence.Files.Delimited;

/// <summary>Detects texts in which a quote within a quoted cell has a backslash before it, as MySQL and some programs in C write it,
/// instead of being doubled (RFC 4180).</summary>
internal static class BackslashedQuotes
{
    /// <summary>Whether there are such quotes, and no doubled ones.</summary>
    public static bool AreIn(ReadOnlySpan<char> text)
    {
        bool found = false;
        for (int at = 0; text[at..].IndexOf('"') is >= 0 and int next; at++)
        {
            at += next;
            bool isEnd = at + 1 == text.Length || IsSeparator(text[at + 1]), isStart = at == 0 || IsSeparator(text[at - 1]);
            if (at > 0 && text[at - 1] == '\\')
                found |= !isEnd;
            else if (!isStart && !isEnd && text[at + 1] == '"')
                return false;
        }

        return found;
    }

    private static bool IsSeparator(char c) => c is ',' or ';' or '\t' or '|' or '\r' or '\n';
}
