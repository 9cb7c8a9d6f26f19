using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Chooses how a column's numbers are written: as most cells are; where several ways fit equally, as the option or the other
/// columns say.</summary>
internal static class NumberChoice
{
    private const double Clearly = 0.9;

    /// <summary>The sign of decimals in the columns where no other reading fits as many cells; null where there is no such column, or two
    /// disagree.</summary>
    public static char? PointOf(IEnumerable<ColumnProfile?> profiles)
    {
        bool anyPoint = false, anyComma = false;
        foreach (ColumnProfile? profile in profiles)
        {
            if (profile is not { Present: > 0 })
                continue;

            long point = Most(profile, '.'), comma = Most(profile, ',');
            if (Math.Max(point, comma) <= Clearly * profile.Present)
                continue;

            anyPoint |= point > comma;
            anyComma |= comma > point;
        }

        return anyPoint == anyComma ? null : anyComma ? ',' : '.';
    }

    /// <summary>The way that the most cells of a column are written in.</summary>
    /// <param name="profile">The column's profile.</param>
    /// <param name="options">The read options.</param>
    /// <param name="filePoint">The sign of decimals in other columns, or null.</param>
    public static NumberFormat Of(ColumnProfile profile, ReadOptions options, char? filePoint)
    {
        IEnumerable<NumberFormat> ways = NumberFormat.All;
        if (options.Decimal is { } asked)
            ways = ways.Where(way => way.Point == asked);

        long most = ways.Max(profile.Evidence.Count);
        NumberFormat[] best = [.. ways.Where(way => profile.Evidence.Count(way) == most)];
        return best.FirstOrDefault(way => way.Point == filePoint) ?? best[0];
    }

    private static long Most(ColumnProfile profile, char point) =>
        NumberFormat.All.Where(way => way.Point == point).Max(profile.Evidence.Count);
}
