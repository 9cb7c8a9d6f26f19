namespace Credence.Evaluation;

/// <summary>What a calibration error means at this number of rows.</summary>
internal static class CalibrationVerdict
{
    private const double Level = 0.95;

    /// <summary>Mean and 95 % point over the draws; null where there are none or the figure is not defined.</summary>
    public static CalibratedNull? Null(CalibrationErrors[] draws, Func<CalibrationErrors, double> figure)
    {
        if (draws.Length == 0)
            return null;

        double[] values = [.. draws.Select(figure)];
        Array.Sort(values);
        if (double.IsNaN(values[0]))
            return null;

        int rank = (int)Math.Ceiling((values.Length + 1) * Level);
        return new CalibratedNull(values.Average(), values[rank - 1]);
    }

    /// <summary>The sentence.</summary>
    public static string? Words(double value, CalibratedNull? calibrated, int rows) => calibrated switch
    {
        null => null,
        { } point when value > point.P95 => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{value:0.0000}: not calibrated; a calibrated model would stay at or under {point.P95:0.0000} in 95 of 100 samples at n = {rows:#,0}"),
        _ => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{value:0.0000}: cannot be told from calibrated at n = {rows:#,0}"),
    };
}
