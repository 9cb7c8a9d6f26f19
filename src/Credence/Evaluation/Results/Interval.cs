namespace Credence.Evaluation.Results;

/// <summary>A 95 % interval; both ends are NaN where there is none.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Standard normal quantile of 0.975.</summary>
    internal const double Normal = 1.959963984540054;

    /// <summary>No interval.</summary>
    public static Interval None => new(double.NaN, double.NaN);

    /// <summary>Whether there is one.</summary>
    public bool IsKnown => !double.IsNaN(Low);

    /// <summary>From the 2.5th to the 97.5th percentile of draws, each at the rank that leaves ⌊0.025 (N + 1)⌋ draws outside or on
    /// it.</summary>
    internal static Interval Percentiles(double[] values)
    {
        Array.Sort(values);
        int tail = Math.Max(1, (int)Math.Floor(0.025 * (values.Length + 1)));
        return new Interval(values[tail - 1], values[^tail]);
    }

    /// <summary>Wilson's interval of a share (E. Wilson 1927): unlike the bootstrap it is valid where all rows, or none, are
    /// right.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="rows">How many rows it is a share of; with weights, the effective number of rows.</param>
    internal static Interval Wilson(double share, double rows)
    {
        double part = Normal * Normal / rows;
        double middle = (share + (part / 2)) / (1 + part);
        double half = Normal / (1 + part) * Math.Sqrt(Math.Max(0, share * (1 - share) / rows) + (part / (4 * rows)));
        return new Interval(share <= 0 ? 0 : Math.Max(0, middle - half), share >= 1 ? 1 : Math.Min(1, middle + half));
    }

    /// <summary>A normal interval of a share on the scale of its log-odds, which keeps it between 0 and 1.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="error">Its standard error.</param>
    internal static Interval OfOdds(double share, double error)
    {
        double spread = share * (1 - share);
        if (!(spread > 0) || !double.IsFinite(error))
            return new Interval(share, share);

        double odds = Numerics.Log.Compute(share / (1 - share));
        double half = Normal * error / spread;
        return new Interval(Numerics.Sigmoid.Compute(odds - half), Numerics.Sigmoid.Compute(odds + half));
    }
}
