namespace Credence.Files.Delimited;

/// <summary>Finds the lines above a table that are neither its header nor rows: a title, prose, a header of groups of columns.</summary>
internal static class Preamble
{
    private const int MostRecords = 20;

    /// <summary>How many of the first records are no part of the table.</summary>
    /// <param name="sample">The first records.</param>
    /// <param name="expected">The names that the header should have.</param>
    public static int Length(IReadOnlyList<string[]> sample, ExpectedNames expected)
    {
        int[] widths = [.. sample.Select(record => record.Length)];
        if (widths.Length == 0 || MostCommon(widths) < 2)
            return 0;

        for (int i = 0; i < Math.Min(MostRecords, sample.Count); i++)
        {
            if (expected.AreIn(sample[i]))
                return i;
        }

        int narrow = Narrow(widths), usual = MostCommon(widths), titles = narrow;
        if (expected.Headerless is not null)
            return narrow;

        int filled = MostCommon([.. sample.Select(Filled)]);
        while (titles < MostRecords && titles + 2 < sample.Count && Filled(sample[titles]) * 2 <= filled)
            titles++;

        if (titles > narrow && IsHeader(titles))
            return titles;

        int other = Array.IndexOf(widths, usual);
        bool lacksOneName = other == 1 && widths[0] == usual - 1;
        return narrow == 0 && other is > 0 and <= MostRecords && other + 2 < sample.Count && !lacksOneName && IsHeader(other)
            ? other : narrow;

        bool IsHeader(int at) => HeaderDetector.IsHeader([.. sample.Skip(at)], expected);
    }

    /// <summary>How many of the first records have at most half the cells that most records have; 0 where those are not clearly a
    /// preamble.</summary>
    public static int Narrow(int[] widths)
    {
        int usual = MostCommon(widths), first = Array.IndexOf(widths, usual);
        bool isShort = usual >= 2 && first is > 0 and <= MostRecords && first * 2 < widths.Length;
        return isShort && widths.Take(first).All(width => width * 2 <= usual) ? first : 0;
    }

    /// <summary>The most common of some numbers, the first of several.</summary>
    public static int MostCommon(int[] numbers) => numbers.GroupBy(number => number).OrderByDescending(group => group.Count()).First().Key;

    private static int Filled(string[] record) => record.Count(cell => cell.Length > 0);
}
