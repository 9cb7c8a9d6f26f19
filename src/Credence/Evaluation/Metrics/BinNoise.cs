namespace Credence.Evaluation.Metrics;

/// <summary>The gaps of bins, which of them are certain, and how noise moves the errors made of them.</summary>
internal sealed class BinNoise
{
    private readonly double[] shares;
    private readonly (double Confidence, double Accuracy)[] means;

    public BinNoise(SortedRows rows, Partition bins, ReadOnlySpan<double> gaps, double effective)
    {
        Gaps = new double[bins.Cells];
        var errors = new double[bins.Cells];
        shares = new double[bins.Cells];
        means = new (double, double)[bins.Cells];
        bins.Sum(gaps, Gaps);
        bins.Sum(rows.Weights, shares);
        double mean = 0, square = 0;
        for (int bin = 0; bin < bins.Cells; bin++)
        {
            double share = shares[bin] /= rows.Count;
            if (!(share > 0))
                continue;

            double right = 0, confidence = 0;
            for (int row = bins.Start(bin); row < bins.End(bin); row++)
            {
                right += rows.Correct[row] ? rows.Weights[row] : 0;
                confidence += rows.Weights[row] * rows.Confidence[row];
            }

            double count = share * effective, worth = share * rows.Count;
            double seen = Math.Clamp(((count * right / worth) + (confidence / worth)) / (count + 1), 0, 1);
            means[bin] = (confidence / worth, right / worth);
            errors[bin] = share * Math.Sqrt(seen * (1 - seen) / count);
            mean += Math.Abs(Gaps[bin]);
            square += Gaps[bin] * Gaps[bin] / share;
        }

        Low = new ScaledGaps(GapProfile.Uneven(Gaps, errors), Gaps);
        High = new ScaledGaps(GapProfile.Even(Gaps, errors), Gaps);
        Squares = square;
        Sampling = Math.Max(0, square - (mean * mean)) / effective;
    }

    public int Cells => Gaps.Length;

    /// <summary>A bin's mean confidence and the share that was right.</summary>
    public (double Confidence, double Accuracy) Means(int bin) => means[bin];

    /// <summary>The gaps as they were seen.</summary>
    public double[] Gaps { get; }

    /// <summary>As uneven as is likely, to which noise adds most.</summary>
    public ScaledGaps Low { get; }

    /// <summary>As even as is likely, to which noise adds least.</summary>
    public ScaledGaps High { get; }

    /// <summary>Σ gap² / share.</summary>
    public double Squares { get; }

    /// <summary>The variance of the error due to the sampling of the bins' shares.</summary>
    public double Sampling { get; }

    /// <summary>How far noise moves Σ gap² / share.</summary>
    public double MoveSquares(ReadOnlySpan<double> noise)
    {
        double sum = 0;
        for (int bin = 0; bin < shares.Length; bin++)
        {
            if (shares[bin] > 0)
                sum += ((2 * Gaps[bin]) + noise[bin]) * noise[bin] / shares[bin];
        }

        return sum;
    }
}
