namespace Credence.Files.Inputs;

/// <summary>Names as messages say them.</summary>
internal static class NameDisplay
{
    /// <summary>The first names, quoted, and how many more there are.</summary>
    public static string List(IReadOnlyList<string> names, int most = 12)
    {
        string shown = string.Join(", ", names.Take(most).Select(name => $"'{Shortened(name)}'"));
        return names.Count <= most ? shown : $"{shown} and {names.Count - most} more";
    }

    /// <summary>A name or a cell's text, cut where it is too long for a message, control characters made visible.</summary>
    public static string Shortened(ReadOnlySpan<char> text, int most = 60)
    {
        string cut = text.Length <= most ? text.ToString() : $"{text[..most]}…";
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(c => char.IsControl(c) ? '␣' : c)) : cut;
    }

    /// <summary>The known name fewest edits away, or null where none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        string? best = null;
        int fewest = Math.Max(2, name.Length / 3) + 1;
        foreach (string candidate in known)
        {
            int edits = Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant(), fewest);
            if (edits < fewest)
                (best, fewest) = (candidate, edits);
        }

        return best;
    }

    /// <summary>Levenshtein's distance (1966), or <paramref name="limit"/> where it is at least that.</summary>
    private static int Edits(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) >= limit)
            return limit;

        var row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            row[j] = j;

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return Math.Min(row[^1], limit);
    }

    /// <summary>The position of a name in a list, or −1.</summary>
    public static int IndexOf(this IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        return -1;
    }
}
