using System.Buffers;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>The sampling noise of the top label's calibration errors: the correctness of each row is redrawn from the accuracy of its
/// equal-count bin, and the noise is added to the gaps.</summary>
/// <remarks>
/// A calibration error is a norm of gaps, so it is too large on average: by most where the true gap is 0, by next to nothing where
/// it is certain. How much it is too large is seen by adding noise to the gaps shrunken by what chance explains, from which the lower end
/// of an interval starts, and to the gaps as they were seen, from which the upper end does.
/// </remarks>
internal sealed class CalibrationSpread
{
    private readonly SortedRows rows;
    private readonly RowClusters? clusters;
    private readonly CalibrationMetrics figures;
    private readonly double[] gaps;
    private readonly double[] chance;
    private readonly BinNoise width;
    private readonly BinNoise mass;
    private readonly (double Factor, double Low, double High) ks;
    private readonly (double Factor, double Low, double High) smooth;
    private readonly double[] masses;

    public CalibrationSpread(
        SortedRows rows, RowClusters? clusters, CalibrationMetrics figures, CalibrationErrors errors, double effective,
        CalibratedNull? ksNull, CalibratedNull? smoothNull)
    {
        this.rows = rows;
        this.clusters = clusters;
        this.figures = figures;
        gaps = new double[rows.Count];
        rows.Gaps(rows.Correct, gaps);
        chance = Recalibrated(effective);
        width = new BinNoise(rows, figures.EqualWidth, gaps, effective);
        mass = new BinNoise(rows, figures.EqualMass, gaps, effective);

        double largest = errors[MetricName.Ks], shrink = Shrink(largest, ksNull);
        ks = (shrink, shrink * largest, largest);
        masses = new double[figures.Coarse.Points];
        figures.Coarse.Lay(rows.Confidence, gaps, masses);
        shrink = Shrink(errors[MetricName.SmoothEce], smoothNull);
        smooth = (shrink, Smooth(masses, shrink, []), Smooth(masses, 1, []));

        double mean = 0, square = 0, varied = 0, stated = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double gap = rows.Confidence[i] - chance[i];
            mean += rows.Weights[i] * gap / rows.Count;
            square += rows.Weights[i] * gap * gap / rows.Count;
            varied += rows.Weights[i] * rows.Weights[i] * chance[i] * (1 - chance[i]);
            stated += rows.Weights[i] * rows.Weights[i] * rows.Confidence[i] * (1 - rows.Confidence[i]);
        }

        Squares = square;
        Sampling = Math.Max(0, square - (mean * mean)) / effective;
        Noise = stated > 0 ? Math.Sqrt(varied / stated) : varied > 0 ? double.PositiveInfinity : 1;
    }

    /// <summary>The variance of errors without bins due to the sampling of the confidences.</summary>
    public double Sampling { get; }

    /// <summary>The mean square of how far the confidences are from the shares that are drawn from.</summary>
    public double Squares { get; }

    /// <summary>The standard deviation of the number of right rows, relative to that of calibrated confidences.</summary>
    public double Noise { get; }

    /// <summary>The noise in equal-width bins.</summary>
    public BinNoise Width => width;

    /// <summary>The noise in bins of equal count.</summary>
    public BinNoise Mass => mass;

    /// <summary>The moves of each draw.</summary>
    public SpreadDraw[] Draw(int draws, Rng rng, int maxThreads, CancellationToken cancellationToken)
    {
        var results = new SpreadDraw[draws];
        Chunks.For(draws, maxThreads, draw => results[draw] = One(rng.Split((ulong)draw)), cancellationToken);
        return results;
    }

    private SpreadDraw One(Rng rng)
    {
        int n = rows.Count;
        double[] noisy = ArrayPool<double>.Shared.Rent(n);
        Span<double> noise = noisy.AsSpan(0, n);
        var correct = new bool[n];
        var curve = new double[figures.CurveAt.Length];
        ClusterDraws? shared = clusters is null ? null : new ClusterDraws(clusters, rng.Split(0));
        for (int i = 0; i < n; i++)
        {
            correct[i] = (shared?.Next(rows.Rows[i], rng) ?? rng.NextDouble()) < chance[i];
            noise[i] = rows.Weights[i] * (chance[i] - (correct[i] ? 1 : 0)) / n;
        }

        var inWidth = new double[width.Cells];
        var inMass = new double[mass.Cells];
        figures.EqualWidth.Sum(noise, inWidth);
        figures.EqualMass.Sum(noise, inMass);
        var laid = new double[masses.Length];
        figures.Coarse.Lay(rows.Confidence, noise, laid);
        double total = 0;
        foreach (double part in noise)
            total += part;

        double ksLow = Largest(noise, ks.Factor) - ks.Low, ksHigh = Largest(noise, 1) - ks.High;
        double smoothLow = Smooth(masses, smooth.Factor, laid) - smooth.Low, smoothHigh = Smooth(masses, 1, laid) - smooth.High;
        ArrayPool<double>.Shared.Return(noisy);
        return new SpreadDraw(
            width.Low.With(inWidth), width.High.With(inWidth), mass.Low.With(inMass), mass.High.With(inMass), mass.MoveSquares(inMass),
            ksLow, ksHigh, smoothLow, smoothHigh, total, figures.Corp(correct, curve).Miscalibration);
    }

    /// <summary>An error after subtracting the expected noise from its square.</summary>
    private static double Shrink(double value, CalibratedNull? none) =>
        none is { } calibrated && value > 0 ? Math.Max(0, 1 - (calibrated.P95 * calibrated.P95 / (value * value))) : 0;

    private double Largest(ReadOnlySpan<double> noise, double factor)
    {
        double sum = 0, largest = 0;
        for (int group = 0; group < rows.Groups.Cells; group++)
        {
            for (int i = rows.Groups.Start(group); i < rows.Groups.End(group); i++)
                sum += (factor * gaps[i]) + noise[i];

            largest = Math.Max(largest, Math.Abs(sum));
        }

        return largest;
    }

    private double Smooth(ReadOnlySpan<double> seen, double factor, ReadOnlySpan<double> noise)
    {
        var sum = new double[seen.Length];
        for (int i = 0; i < sum.Length; i++)
            sum[i] = (factor * seen[i]) + (noise.IsEmpty ? 0 : noise[i]);
        return figures.Coarse.Of(sum, 1e-6, figures.CoarseGuess);
    }

    /// <summary>The share that was right in each row's bin of equal count, drawn a little towards the confidence (one row's
    /// worth).</summary>
    private double[] Recalibrated(double effective)
    {
        var shares = new double[rows.Count];
        Partition bins = figures.EqualMass;
        for (int bin = 0; bin < bins.Cells; bin++)
        {
            double weight = 0, right = 0, confidence = 0;
            for (int i = bins.Start(bin); i < bins.End(bin); i++)
            {
                weight += rows.Weights[i];
                right += rows.Correct[i] ? rows.Weights[i] : 0;
                confidence += rows.Weights[i] * rows.Confidence[i];
            }

            double rowsWorth = weight * effective / rows.Count;
            double share = weight > 0 ? ((rowsWorth * right / weight) + (confidence / weight)) / (rowsWorth + 1) : 0;
            shares.AsSpan(bins.Start(bin)..bins.End(bin)).Fill(Math.Clamp(share, 0, 1));
        }

        return shares;
    }
}
