using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Lines that look like rows and are none: one of units below the header, and a footer of totals. Both are recognised only from
/// all the rows.</summary>
internal sealed class FrameRows
{
    private const int LongestUnit = 16, LeastRows = 3;
    private static readonly HashSet<string> Totals = new(StringComparer.OrdinalIgnoreCase)
    {
        "total", "totals", "total:", "grand total", "subtotal", "sum", "sum:", "average", "mean", "summe", "gesamt", "insgesamt", "somme",
        "totale", "suma", "totaal",
    };

    private string[]? first;
    private long firstLine, lastLine;
    private string? total;
    private int totals;

    /// <summary>Looks at a row.</summary>
    public void See(IRecords records)
    {
        lastLine = records.Line;
        if (first is null)
        {
            firstLine = records.Line;
            first = [.. Enumerable.Range(0, records.Fields).Select(i => records.Text(i).ToString())];
        }

        // The longest of these words has 11 letters.
        ReadOnlySpan<char> cell = records.Text(0);
        if (records.Fields > 1 && cell.Length is > 2 and < 12 && Totals.GetAlternateLookup<ReadOnlySpan<char>>().Contains(cell))
        {
            totals++;
            total = cell.ToString();
        }
        else
        {
            total = null;
        }
    }

    /// <summary>The lines that are no rows.</summary>
    /// <param name="file">The file.</param>
    /// <param name="positions">The position in it of each column.</param>
    /// <param name="profiles">The columns' profiles over this file alone, null where a column is no feature.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="notes">Receives a note on each.</param>
    public IEnumerable<long> Lines(IRecordFile file, int[] positions, ColumnProfile?[] profiles, long rows, List<string> notes)
    {
        if (!file.IsRectangular || rows < LeastRows)
            yield break;

        if (total is not null && totals == 1)
        {
            notes.Add($"{file.Input.Name} line {lastLine} is a footer, '{total}', and is left out.");
            yield return lastLine;
        }

        if (file.IsNamed && AreUnits(positions, profiles, out string units))
        {
            notes.Add($"{file.Input.Name} line {firstLine} is a line of units, {units}, and is left out.");
            yield return firstLine;
        }
    }

    /// <summary>Whether the first row alone keeps columns from being numbers, all of those that it has a cell in.</summary>
    private bool AreUnits(int[] positions, ColumnProfile?[] profiles, out string units)
    {
        var found = new List<string>();
        int others = 0;
        units = "";
        for (int i = 0; i < profiles.Length; i++)
        {
            string cell = positions[i] >= 0 && positions[i] < first!.Length ? first[positions[i]] : "";
            if (profiles[i] is not { } profile || cell.Length == 0)
                continue;

            bool isUnit = cell.Length <= LongestUnit && cell.Any(letter => char.IsLetter(letter) || "%°€$£".Contains(letter));
            if (!isUnit || NumberFormat.Of(cell) is not null)
                return false;

            if (profile.Present >= LeastRows && profile.Numbers == profile.Present - 1)
                found.Add(cell);
            else
                others++;
        }

        units = NameDisplay.List(found, 5);
        return found.Count > (others == 0 ? 0 : 1);
    }
}
