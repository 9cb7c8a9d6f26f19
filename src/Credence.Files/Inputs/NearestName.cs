namespace Credence.Files.Inputs;

/// <summary>Suggests the known name nearest to a mistyped one.</summary>
public static class NearestName
{
    /// <summary>The known name with the fewest edits from what was typed, or null where none is near enough to be
    /// meant: at most two edits, or a third of what was typed where that is more. Case is ignored.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">The known names; of equally near ones the first is taken.</param>
    public static string? Of(string typed, IEnumerable<string> names)
    {
        string? nearest = null;
        int fewest = Math.Max(2, typed.Length / 3) + 1;
        foreach (string name in names)
        {
            int edits = Edits(typed.ToUpperInvariant(), name.ToUpperInvariant(), fewest);
            if (edits < fewest)
                (nearest, fewest) = (name, edits);
        }

        return nearest;
    }

    /// <summary>Whether a text is a known name with a slip: other case, or one edit in every three letters. An exact name is
    /// none.</summary>
    internal static bool IsSlip(string typed, string name)
    {
        int most = Math.Max(1, name.Length / 3);
        return typed != name && Edits(typed.ToUpperInvariant(), name.ToUpperInvariant(), most + 1) <= most;
    }

    /// <summary>Levenshtein's distance (1966), or <paramref name="limit"/> where it is at least that.</summary>
    private static int Edits(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) >= limit)
            return limit;

        // One row of the table at a time.
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
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
}
