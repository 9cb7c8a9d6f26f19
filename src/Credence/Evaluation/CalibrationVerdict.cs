using System.Globalization;

namespace Credence.Evaluation;

/// <summary>What a figure means at this number of rows, in words.</summary>
internal static class CalibrationVerdict
{
    /// <summary>Of a calibration error: is it more than chance gives a calibrated model?</summary>
    public static string? OfError(double value, CalibratedNull? calibrated, int rows) => calibrated switch
    {
        null => null,
        { } point when value > point.P95 =>
            $"{Text(value)}: not calibrated; a calibrated model would stay at or under {Text(point.P95)} in 95 of 100 samples at n = {Count(rows)}",
        _ => $"{Text(value)}: cannot be told from calibrated at n = {Count(rows)}",
    };

    /// <summary>Of any other figure: is it what the probabilities themselves lead to expect?</summary>
    public static string? OfFigure(double value, CalibratedNull? calibrated, bool isHighGood, int rows)
    {
        if (calibrated is not { } point || double.IsNaN(value))
            return null;

        string range = $"{Text(point.Low)} to {Text(point.High)} at n = {Count(rows)}";
        return value < point.Low ? $"{Text(value)}: {(isHighGood ? "worse" : "better")} than claimed; right probabilities would give {range}"
            : value > point.High ? $"{Text(value)}: {(isHighGood ? "better" : "worse")} than claimed; right probabilities would give {range}"
            : $"{Text(value)}: as claimed; right probabilities give {range}";
    }

    /// <summary>Of a ranking: does it beat chance?</summary>
    public static string? OfRanking(double value, Interval interval, double chance) => double.IsNaN(value)
        ? null
        : interval.Low > chance ? $"{Text(value)}: ranks better than chance, which gives {Text(chance)}"
        : interval.High < chance ? $"{Text(value)}: ranks worse than chance, which gives {Text(chance)}"
        : $"{Text(value)}: cannot be told from chance, which gives {Text(chance)}";

    /// <summary>A value with four decimals, or with three digits where those would hide it.</summary>
    public static string Text(double value) => Math.Abs(value) switch
    {
        _ when double.IsInfinity(value) => value > 0 ? "infinite" : "minus infinite",
        0 => "0",
        < 1e-4 => value.ToString("0.0e-0", CultureInfo.InvariantCulture),
        < 1e-3 => value.ToString("0.00000", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    private static string Count(int rows) => rows.ToString("#,0", CultureInfo.InvariantCulture);
}
