namespace Credence.Numerics;

/// <summary>The sine, with the same bits on every machine.</summary>
public static class Sine
{
    /// <summary>The sine of <paramref name="x"/> radians; NaN for NaN and infinities.</summary>
    public static double Compute(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;

        return QuarterTurns.Reduce(x, out double rest) switch
        {
            0 => QuarterTurns.SineSeries(rest),
            1 => QuarterTurns.CosineSeries(rest),
            2 => -QuarterTurns.SineSeries(rest),
            _ => -QuarterTurns.CosineSeries(rest),
        };
    }
}
