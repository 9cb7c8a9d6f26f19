using System.Runtime.Intrinsics;
using Credence.Numerics;

namespace Credence.Calibration;

/// <summary>The mean log loss of softmax(w∘x + b), with w one number or one a class, plus a ridge penalty; convex in (w, b).</summary>
/// <remarks>
/// Parameters: the scales, then K biases. The loss is Σ weight·ln Σ_k e^t_k less a term linear in the parameters, which is summed
/// once. An entry of x at <see cref="Impossible"/> or below has probability 0 at any parameters.
/// </remarks>
internal sealed class DiagonalScalingLoss : IConvexLoss
{
    /// <summary>Stands for −∞ in x.</summary>
    public const double Impossible = -1e150;

    private const int BlockValues = 4096;
    private readonly double[] x;
    private readonly CalibrationTargets targets;
    private readonly ScalingPenalty penalty;
    private readonly int classes, scales, threads;
    private readonly double[] linear;
    private readonly double[] point;
    private readonly double[] blocks;

    /// <summary>Prepares the loss.</summary>
    /// <param name="x">[n, K]; −∞ as <see cref="Impossible"/>.</param>
    /// <param name="targets">Labels and weights.</param>
    /// <param name="shared">Whether all classes have one scale.</param>
    /// <param name="penalty">The ridge penalties.</param>
    /// <param name="threads">The most threads.</param>
    public DiagonalScalingLoss(double[] x, CalibrationTargets targets, bool shared, ScalingPenalty penalty, int threads)
    {
        this.x = x;
        this.targets = targets;
        this.penalty = penalty;
        this.threads = threads;
        classes = targets.Classes;
        scales = shared ? 1 : classes;
        Length = scales + classes;
        point = new double[Length];
        blocks = new double[3 * classes];
        linear = Linear();
    }

    /// <inheritdoc/>
    public int Length { get; }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> at)
    {
        double[] parameters = at.ToArray();
        double sum = Rows(1, parameters, (_, _, weight, logSum, part) => part[0] += weight * logSum)[0];
        return sum - Lanes.Dot(linear, parameters) + Penalty(parameters, []);
    }

    /// <inheritdoc/>
    public double Linearize(ReadOnlySpan<double> at, Span<double> gradient)
    {
        at.CopyTo(point);

        // Per class Σ p, Σ p·x, then Σ p(1 − p), Σ p(1 − p)x, Σ p(1 − p)x² for the preconditioner, then Σ ln Σ e^t.
        int k5 = 5 * classes;
        double[] sums = Rows(k5 + 1, point, (row, p, weight, logSum, part) =>
        {
            Accumulate(row, p, weight, part);
            part[k5] += weight * logSum;
        });

        for (int k = 0; k < classes; k++)
        {
            gradient[scales + k] = sums[k] - linear[scales + k];
            if (scales > 1)
                gradient[k] = sums[classes + k] - linear[k];
        }

        if (scales == 1)
        {
            double sum = 0;
            for (int k = 0; k < classes; k++)
                sum += sums[classes + k];
            gradient[0] = sum - linear[0];
        }

        sums.AsSpan(2 * classes, 3 * classes).CopyTo(blocks);
        return sums[k5] - Lanes.Dot(linear, point) + Penalty(point, gradient);
    }

    /// <inheritdoc/>
    public void HessianTimes(ReadOnlySpan<double> direction, Span<double> result)
    {
        double[] d = direction.ToArray();
        double[] sums = Rows(2 * classes, point, (row, p, weight, _, part) =>
        {
            // d logits = dw∘x + db; d p = p∘(d logits − p·d logits).
            double mean = 0;
            for (int k = 0; k < classes; k++)
                mean += p[k] * Change(d, row, k);

            for (int k = 0; k < classes; k++)
            {
                double change = weight * p[k] * (Change(d, row, k) - mean);
                part[k] += change;
                part[classes + k] += change * row[k];
            }
        });

        result.Clear();
        for (int k = 0; k < classes; k++)
        {
            result[scales + k] = sums[k] + (2 * penalty.Bias * d[scales + k]);
            result[scales == 1 ? 0 : k] += sums[classes + k];
        }

        for (int s = 0; s < scales; s++)
            result[s] += 2 * penalty.Diagonal * d[s];
    }

    /// <inheritdoc/>
    public void Precondition(ReadOnlySpan<double> residual, Span<double> result)
    {
        ReadOnlySpan<double> h0 = blocks.AsSpan(0, classes), h1 = blocks.AsSpan(classes, classes), h2 = blocks.AsSpan(2 * classes, classes);
        if (scales == 1)
        {
            double h = 2 * penalty.Diagonal;
            for (int k = 0; k < classes; k++)
                h += h2[k];
            result[0] = residual[0] / Math.Max(h, 1e-12);
            for (int k = 0; k < classes; k++)
                result[1 + k] = residual[1 + k] / Math.Max(h0[k] + (2 * penalty.Bias), 1e-12);
            return;
        }

        // The 2×2 block of each class, kept positive where a class is hardly ever likely.
        for (int k = 0; k < classes; k++)
        {
            double a = h2[k] + (2 * penalty.Diagonal) + 1e-12, c = h0[k] + (2 * penalty.Bias) + 1e-12, b = h1[k];
            double determinant = (a * c) - (b * b);
            if (determinant < 1e-9 * a * c)
                (b, determinant) = (0, a * c);

            result[k] = ((c * residual[k]) - (b * residual[classes + k])) / determinant;
            result[classes + k] = ((a * residual[classes + k]) - (b * residual[k])) / determinant;
        }
    }

    private double Change(double[] d, ReadOnlySpan<double> row, int k) => d[scales + k] + (d[scales == 1 ? 0 : k] * row[k]);

    private void Accumulate(ReadOnlySpan<double> row, ReadOnlySpan<double> p, double weight, double[] part)
    {
        int k = 0;
        Span<double> s0 = part.AsSpan(0, classes), s1 = part.AsSpan(classes, classes);
        Span<double> h0 = part.AsSpan(2 * classes, classes), h1 = part.AsSpan(3 * classes, classes), h2 = part.AsSpan(4 * classes, classes);
        Vector512<double> w = Vector512.Create(weight), one = Vector512<double>.One;
        for (; k <= classes - Lanes.Width; k += Lanes.Width)
        {
            Vector512<double> q = Lanes.At(p, k), z = Lanes.At(row, k), wq = w * q, wqz = wq * z, rest = one - q;
            Lanes.Put(Lanes.At(s0, k) + wq, s0, k);
            Lanes.Put(Lanes.At(s1, k) + wqz, s1, k);
            Lanes.Put(Lanes.At(h0, k) + (wq * rest), h0, k);
            Lanes.Put(Lanes.At(h1, k) + (wqz * rest), h1, k);
            Lanes.Put(Lanes.At(h2, k) + (wqz * rest * z), h2, k);
        }

        for (; k < classes; k++)
        {
            double wq = weight * p[k], wqz = wq * row[k], rest = 1 - p[k];
            s0[k] += wq;
            s1[k] += wqz;
            h0[k] += wq * rest;
            h1[k] += wqz * rest;
            h2[k] += wqz * rest * row[k];
        }
    }

    private double[] Linear()
    {
        var c = new double[Length];
        for (int row = 0; row < targets.Weights.Length; row++)
        {
            double weight = targets.Weights[row];
            if (weight == 0)
                continue;

            AddTarget(c, row, targets.Indices[row], weight * (1 - targets.MissingShare));
            foreach (int k in targets.Missing)
                AddTarget(c, row, k, weight * targets.MissingShare / targets.Missing.Length);
        }

        return c;
    }

    private void AddTarget(double[] c, int row, int k, double weight)
    {
        double value = x[(row * classes) + k];
        c[scales + k] += weight;
        c[scales == 1 ? 0 : k] += value <= Impossible ? 0 : weight * value;
    }

    private double Penalty(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double sum = 0;
        for (int i = 0; i < Length; i++)
        {
            double lambda = i < scales ? penalty.Diagonal : penalty.Bias;
            double distance = i < scales ? parameters[i] - 1 : parameters[i];
            sum += lambda * distance * distance;
            if (!gradient.IsEmpty)
                gradient[i] += 2 * lambda * distance;
        }

        return sum;
    }

    private delegate void RowBody(ReadOnlySpan<double> row, ReadOnlySpan<double> probabilities, double weight, double logSum, double[] part);

    private double[] Rows(int length, double[] parameters, RowBody body) =>
        new RowChunks(targets.Weights.Length, classes).Sum(length, threads, (from, to, part) =>
        {
            int blockRows = Math.Max(1, BlockValues / classes);
            var t = new double[blockRows * classes];
            var maxima = new double[blockRows];
            for (int first = from; first < to; first += blockRows)
            {
                int rows = Math.Min(blockRows, to - first);
                for (int r = 0; r < rows; r++)
                    maxima[r] = Scaled(x.AsSpan((first + r) * classes, classes), parameters, t.AsSpan(r * classes, classes));

                Span<double> used = t.AsSpan(0, rows * classes);
                Exp.Map(used, used);
                for (int r = 0; r < rows; r++)
                {
                    if (targets.Weights[first + r] == 0)
                        continue;

                    Span<double> e = t.AsSpan(r * classes, classes);
                    double sum = ScaleToOne(e);
                    body(x.AsSpan((first + r) * classes, classes), e, targets.Weights[first + r], maxima[r] + Log.Compute(sum), part);
                }
            }
        });

    /// <summary>t = w∘x + b less its maximum, which is returned.</summary>
    private double Scaled(ReadOnlySpan<double> row, double[] parameters, Span<double> t)
    {
        ReadOnlySpan<double> bias = parameters.AsSpan(scales);
        Vector512<double> least = Vector512.Create(Impossible), none = Vector512.Create(double.NegativeInfinity), one = Vector512.Create(parameters[0]);
        int k = 0;
        for (; k <= classes - Lanes.Width; k += Lanes.Width)
        {
            Vector512<double> v = Lanes.At(row, k), w = scales == 1 ? one : Lanes.At(parameters, k);
            Vector512<double> value = Vector512.FusedMultiplyAdd(w, v, Lanes.At(bias, k));
            Lanes.Put(Vector512.ConditionalSelect(Vector512.GreaterThan(v, least), value, none), t, k);
        }

        for (; k < classes; k++)
            t[k] = row[k] > Impossible ? Math.FusedMultiplyAdd(parameters[scales == 1 ? 0 : k], row[k], bias[k]) : double.NegativeInfinity;

        double max = Lanes.Max(t);
        Vector512<double> m = Vector512.Create(max);
        for (k = 0; k <= classes - Lanes.Width; k += Lanes.Width)
            Lanes.Put(Lanes.At(t, k) - m, t, k);

        for (; k < classes; k++)
            t[k] -= max;

        return max;
    }

    private static double ScaleToOne(Span<double> e)
    {
        Vector512<double> lanes = default;
        int k = 0;
        for (; k <= e.Length - Lanes.Width; k += Lanes.Width)
            lanes += Lanes.At(e, k);

        double sum = Lanes.Fold(lanes);
        for (; k < e.Length; k++)
            sum += e[k];

        Vector512<double> inverse = Vector512.Create(1 / sum);
        for (k = 0; k <= e.Length - Lanes.Width; k += Lanes.Width)
            Lanes.Put(Lanes.At(e, k) * inverse, e, k);

        for (; k < e.Length; k++)
            e[k] *= 1 / sum;

        return sum;
    }
}
