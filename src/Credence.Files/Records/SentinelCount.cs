using System.Globalization;

namespace Credence.Files.Records;

/// <summary>Counts a column's cells that are numbers commonly written in place of a missing one, such as −999, and finds out whether one
/// stands far outside the others.</summary>
internal sealed class SentinelCount
{
    private const int LeastCells = 2;
    private static readonly double[] Numbers = [-99, -999, -9999, -99999, -999999, 999, 9999, 99999, 999999];

    private readonly long[] counts = new long[Numbers.Length];
    private double least = double.PositiveInfinity, most = double.NegativeInfinity;

    /// <summary>Counts a number.</summary>
    public void Add(double number)
    {
        int at = Array.IndexOf(Numbers, number);
        if (at >= 0)
        {
            counts[at]++;
        }
        else if (double.IsFinite(number))
        {
            least = Math.Min(least, number);
            most = Math.Max(most, number);
        }
    }

    /// <summary>The number that stands at least twice the others' range outside them, in two cells or more, as text; null for
    /// none.</summary>
    public string? Outside(out long cells)
    {
        for (int i = 0; i < Numbers.Length; i++)
        {
            double away = Math.Max(least - Numbers[i], Numbers[i] - most), range = most - least;
            cells = counts[i];
            if (cells >= LeastCells && range >= 0 && away > 2 * range)
                return Numbers[i].ToString(CultureInfo.InvariantCulture);
        }

        cells = 0;
        return null;
    }
}
