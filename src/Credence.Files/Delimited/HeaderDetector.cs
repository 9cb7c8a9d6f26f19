using Credence.Files.Records;

namespace Credence.Files.Delimited;

/// <summary>Detects whether the first record is a header.</summary>
internal static class HeaderDetector
{
    private const int FewRows = 20;

    private static readonly HashSet<string> UsualNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "label", "labels", "class", "target", "y", "text", "sentence", "message", "review", "comment", "title", "category", "sentiment",
        "id", "name", "value", "question", "tweet", "content", "body", "intent",
    };

    /// <summary>Whether the first of some records is a header: an option or a model names a column in it, or it has only words where the
    /// columns below have numbers, or names of which none recurs in a column of few values.</summary>
    /// <param name="sample">The first records.</param>
    /// <param name="expected">The names that options and a model give. A model of data without a header reads files without one.</param>
    public static bool IsHeader(IReadOnlyList<string[]> sample, ExpectedNames expected)
    {
        if (sample.Count == 0)
            return false;

        string[] first = sample[0];
        if (expected.AreIn(first))
            return true;

        if (expected.Headerless is { } numbered)
            return first.Count(numbered.Contains) * 2 > first.Length;

        if (Enumerable.Range(0, first.Length).Any(i => expected.IsNear(first[i]) && !Below(i).Contains(first[i])))
            return true;

        if (first.Any(cell => IsNumber(cell) || cell.Length > 120) || first.Distinct(StringComparer.Ordinal).Count() < first.Length - 1)
            return false;

        if (sample.Count == 1)
            return first.All(UsualNames.Contains);

        if (first.Count(cell => cell.Length == 0) > 1)
            return false;

        if (first.Length == 1)
            return UsualNames.Contains(first[0]) && !sample.Skip(1).Any(record => record[0] == first[0]);

        bool words = false;
        int unlike = 0;
        for (int column = 0; column < first.Length; column++)
        {
            string[] below = [.. Below(column)];
            if (below.Count(IsNumber) * 10 > below.Length * 9)
                return true;

            string[] different = [.. below.Distinct(StringComparer.Ordinal)];
            if (different.Length * 4 <= below.Length || different.Length <= 2)
            {
                if (different.Contains(first[column], StringComparer.Ordinal))
                    return false;

                words |= IsName(first[column]);
                unlike += first[column].Length > 0 && below.Length >= FewRows ? 1 : 0;
            }

            words |= UsualNames.Contains(first[column]);
        }

        // Questions may be names too, where two columns of few values have nothing like them.
        return unlike >= 2 || (words && first.All(IsName));

        IEnumerable<string> Below(int column) =>
            sample.Skip(1).Where(record => record.Length > column).Select(record => record[column]);
    }

    private static bool IsNumber(string cell) => NumberParser.TryParse(cell, out _);

    private static bool IsName(string cell) => cell.Length <= 60 && !cell.AsSpan().ContainsAny("?!") && cell.Count(char.IsWhiteSpace) <= 5;
}
