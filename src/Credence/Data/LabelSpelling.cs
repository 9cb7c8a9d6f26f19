using System.Text;

namespace Credence.Data;

/// <summary>Finds classes whose names differ in their spelling only: case, spaces, signs between words.</summary>
public static class LabelSpelling
{
    private const int MostNotes = 5;

    /// <summary>A sentence for each group of such classes that occur, at most five.</summary>
    /// <param name="names">The classes' names.</param>
    /// <param name="counts">The number of rows of each; those without rows are left out.</param>
    public static IReadOnlyList<string> Notes(IReadOnlyList<string> names, IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(counts);
        return
        [
            .. Enumerable.Range(0, names.Count).Where(k => counts[k] > 0)
                .GroupBy(k => Plain(names[k]), StringComparer.Ordinal)
                .Where(group => group.Count() > 1 && group.Key.Length > 0)
                .Take(MostNotes)
                .Select(group => $"the labels {Listed([.. group.Select(k => $"'{names[k]}' ({Rows(counts[k])})")])} differ in spelling "
                    + $"only and are {group.Count()} classes: write them alike if they are one"),
        ];
    }

    /// <summary>The class whose name differs from a label in spelling only; null for none.</summary>
    /// <param name="label">The label.</param>
    /// <param name="classes">The classes' names.</param>
    public static string? Alike(string label, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(label);
        ArgumentNullException.ThrowIfNull(classes);
        return classes.FirstOrDefault(name => name != label && Plain(name) == Plain(label) && Plain(label).Length > 0);
    }

    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (char c in name.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
                plain.Append(char.ToLowerInvariant(c));
        }

        // Signs alone, such as + and −, are names of their own; and so are numbers, whose point and sign count.
        return plain.Length > 0 && plain.ToString().Any(char.IsLetter) ? plain.ToString() : name;
    }

    private static string Rows(int count) => count == 1 ? "1 row" : $"{count} rows";

    private static string Listed(string[] names) => $"{string.Join(", ", names[..^1])} and {names[^1]}";
}
