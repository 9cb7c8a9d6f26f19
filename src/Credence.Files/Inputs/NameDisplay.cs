namespace Credence.Files.Inputs;

/// <summary>The form of names in messages.</summary>
internal static class NameDisplay
{
    /// <summary>The first names, quoted, and how many more there are.</summary>
    public static string List(IReadOnlyList<string> names, int most = 12)
    {
        string shown = string.Join(", ", names.Take(most).Select(name => $"'{Shortened(name)}'"));
        return names.Count <= most ? shown : $"{shown} and {names.Count - most} more";
    }

    /// <summary>A name or a cell's text, cut where it is too long for a message, control characters made visible.</summary>
    public static string Shortened(ReadOnlySpan<char> text, int most = 60) =>
        ShownText.Of(text.Length <= most ? text.ToString() : $"{text[..most]}…");

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
