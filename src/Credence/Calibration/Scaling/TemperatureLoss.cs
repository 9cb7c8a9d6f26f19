using System.Buffers;
using Credence.Data;
using Credence.Numerics;

namespace Credence.Calibration.Scaling;

/// <summary>The mean log loss of softmax(βz) and its first two derivatives in β, in which it is convex.</summary>
/// <remarks>Rows whose true class has logit −∞ have infinite loss at any β: they are left out, and counted.</remarks>
internal sealed class TemperatureLoss
{
    private const int BlockValues = 2048;

    /// <summary>Stands for a distance of −∞: its exponential is 0 for every β allowed, and so is its square times that.</summary>
    private const double Impossible = -1e150;

    private readonly LogitRows logits;
    private readonly double[] maxima;
    private readonly double[] weights;
    private readonly double[] margins;
    private readonly int maxThreads;

    public TemperatureLoss(LogitRows logits, Labels labels, ReadOnlySpan<double> weights, int maxThreads)
    {
        this.logits = logits;
        this.maxThreads = maxThreads;
        maxima = new double[logits.Rows];
        margins = new double[logits.Rows];
        this.weights = new double[logits.Rows];
        double total = 0;
        var chunks = new RowChunks(logits.Rows, logits.Classes);
        Chunks.For(chunks.Count, maxThreads, chunk =>
        {
            (int from, int to) = chunks[chunk];
            var buffer = new double[logits.Classes];
            for (int row = from; row < to; row++)
            {
                ReadOnlySpan<double> z = logits.Read(row, 1, buffer);
                maxima[row] = DoubleVectors.Max(z);
                margins[row] = z[labels[row]] - maxima[row];
            }
        });
        for (int row = 0; row < logits.Rows; row++)
        {
            this.weights[row] = weights.IsEmpty ? 1 : weights[row];
            if (double.IsNegativeInfinity(margins[row]))
            {
                ImpossibleRows += this.weights[row] > 0 ? 1 : 0;
                this.weights[row] = margins[row] = 0;
            }

            total += this.weights[row];
        }

        Rows = logits.Rows - ImpossibleRows;
        EffectiveRows = CalibrationTargets.EffectiveRows(logits.Rows, this.weights);
        for (int row = 0; row < logits.Rows; row++)
            this.weights[row] = total > 0 ? this.weights[row] / total : 0;
    }

    /// <summary>The number of rows used.</summary>
    public int Rows { get; }

    /// <summary>The rows left out, whose class has probability 0 at every temperature.</summary>
    public int ImpossibleRows { get; }

    /// <summary>The effective number of rows of those that take part.</summary>
    public double EffectiveRows { get; }

    /// <summary>The mean loss, its slope and its curvature in β.</summary>
    public (double Loss, double Slope, double Curvature) At(double beta)
    {
        double[] sums = new RowChunks(logits.Rows, logits.Classes).Sum(3, maxThreads, (from, to, sum) => Add(from, to, beta, sum));
        return (sums[0], sums[1], sums[2]);
    }

    private void Add(int from, int to, double beta, Span<double> sum)
    {
        int classes = logits.Classes;
        int blockRows = Math.Max(1, BlockValues / classes);
        double[] distances = ArrayPool<double>.Shared.Rent(blockRows * classes),
            exponentials = ArrayPool<double>.Shared.Rent(blockRows * classes);
        for (int first = from; first < to; first += blockRows)
        {
            int rows = Math.Min(blockRows, to - first);
            ReadOnlySpan<double> z = logits.Read(first, rows, distances);
            for (int r = 0; r < rows; r++)
            {
                Span<double> d = distances.AsSpan(r * classes, classes), scaled = exponentials.AsSpan(r * classes, classes);
                DoubleVectors.ShiftAtLeast(z.Slice(r * classes, classes), maxima[first + r], Impossible, beta, d, scaled);
            }

            Exp.Apply(exponentials.AsSpan(0, rows * classes), exponentials);
            for (int r = 0; r < rows; r++)
            {
                (double s, double s1, double s2) = WeightedMoments.Compute(exponentials.AsSpan(r * classes, classes),
                    distances.AsSpan(r * classes, classes));
                double weight = weights[first + r], margin = margins[first + r], mean = s1 / s;
                sum[0] += weight * (Log.Compute(s) - (beta * margin));
                sum[1] += weight * (mean - margin);
                sum[2] += weight * Math.Max(0, (s2 / s) - (mean * mean));
            }
        }

        ArrayPool<double>.Shared.Return(distances);
        ArrayPool<double>.Shared.Return(exponentials);
    }
}
