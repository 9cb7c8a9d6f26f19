namespace Credence.Numerics;

/// <summary>The cosine, with the same bits on every machine.</summary>
public static class Cosine
{
    /// <summary>The cosine of <paramref name="x"/> radians; NaN for NaN and infinities.</summary>
    public static double Compute(double x)
    {
        if (!double.IsFinite(x))
            return double.NaN;

        return QuarterTurns.Reduce(x, out double rest) switch
        {
            0 => QuarterTurns.CosineSeries(rest),
            1 => -QuarterTurns.SineSeries(rest),
            2 => -QuarterTurns.CosineSeries(rest),
            _ => QuarterTurns.SineSeries(rest),
        };
    }
}
