using System.Buffers;
using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Calibration.Scaling;

/// <summary>The mean log loss of softmax(w∘x + b), with w one number or one per class, plus a ridge penalty; convex in (w, b).</summary>
/// <remarks>
/// Parameters: the scales, then K biases. The loss is Σ weight·ln Σ_k e^t_k less a term linear in the parameters, which is summed
/// once. An entry of x at <see cref="Impossible"/> or below has probability 0 at any parameters.
/// </remarks>
internal sealed class DiagonalScalingLoss : IConvexLoss, IDisposable
{
    /// <summary>Stands for −∞ in x.</summary>
    public const double Impossible = -1e150;

    private const int BlockValues = 4096;
    private const double MostMatched = 3;
    private readonly LogitRows x;
    private readonly CalibrationTargets targets;
    private readonly ScalingPenalty penalty;
    private readonly int classes, scales, maxThreads;
    private readonly double[] linear;
    private readonly double[] point;
    private readonly double[] blocks;
    private readonly double[] probabilities;

    /// <summary>Prepares the loss.</summary>
    /// <param name="x">[n, K]; −∞ as <see cref="Impossible"/>.</param>
    /// <param name="targets">Labels and weights.</param>
    /// <param name="shared">Whether all classes have one scale.</param>
    /// <param name="penalty">The ridge penalties.</param>
    /// <param name="maxThreads">The maximum number of threads.</param>
    public DiagonalScalingLoss(LogitRows x, CalibrationTargets targets, bool shared, ScalingPenalty penalty, int maxThreads)
    {
        this.x = x;
        this.targets = targets;
        this.penalty = penalty;
        this.maxThreads = maxThreads;
        classes = targets.Classes;
        scales = shared ? 1 : classes;
        Length = scales + classes;
        point = new double[Length];
        blocks = new double[3 * classes];
        probabilities = LargeArray.Rent<double>(x.Rows * classes);
        linear = Linear();
    }

    /// <inheritdoc/>
    public int Length { get; }

    /// <summary>Returns the memory of the probabilities, for the next fit.</summary>
    public void Dispose() => ArrayPool<double>.Shared.Return(probabilities);

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> at)
    {
        double[] parameters = at.ToArray();
        double sum = Rows(1, parameters, false, (_, _, weight, logSum, part) => part[0] += weight * logSum)[0];
        return sum - DoubleVectors.Dot(linear, parameters) + Penalty(parameters, []);
    }

    /// <inheritdoc/>
    public double Linearize(ReadOnlySpan<double> at, Span<double> gradient)
    {
        at.CopyTo(point);

        // Per class Σ p, Σ p·x, then Σ p(1 − p), Σ p(1 − p)x, Σ p(1 − p)x² for the preconditioner, then Σ ln Σ e^t.
        int last = 5 * classes;
        double[] sums = Rows(last + 1, point, true, (row, p, weight, logSum, part) =>
        {
            DiagonalScaling.AddDerivatives(row, p, weight, scales == 1, part);
            part[last] += weight * logSum;
        });

        for (int k = 0; k < classes; k++)
            gradient[scales + k] = sums[k] - linear[scales + k];

        if (scales == 1)
            gradient[0] = Sum(sums.AsSpan(classes, classes)) - linear[0];
        else
            for (int k = 0; k < classes; k++)
                gradient[k] = sums[classes + k] - linear[k];

        sums.AsSpan(2 * classes, 3 * classes).CopyTo(blocks);
        return sums[last] - DoubleVectors.Dot(linear, point) + Penalty(point, gradient);
    }

    /// <inheritdoc/>
    public void HessianTimes(ReadOnlySpan<double> direction, Span<double> result)
    {
        double[] d = direction.ToArray();
        double[] sums = new RowChunks(targets.Weights.Length, classes).Sum(2 * classes, maxThreads, (from, to, part) =>
        {
            double[] buffer = ArrayPool<double>.Shared.Rent(classes), change = ArrayPool<double>.Shared.Rent(classes);
            for (int row = from; row < to; row++)
            {
                if (targets.Weights[row] > 0)
                {
                    ReadOnlySpan<double> p = probabilities.AsSpan(row * classes, classes);
                    DiagonalScaling.AddHessianProduct(
                        x.Read(row, 1, buffer), p, targets.Weights[row], d.AsSpan(0, scales), d.AsSpan(scales), change, part);
                }
            }

            ArrayPool<double>.Shared.Return(buffer);
            ArrayPool<double>.Shared.Return(change);
        });

        for (int k = 0; k < classes; k++)
            result[scales + k] = sums[k] + (2 * penalty.Bias * d[scales + k]);

        if (scales == 1)
            result[0] = Sum(sums.AsSpan(classes, classes));
        else
            sums.AsSpan(classes, classes).CopyTo(result);

        for (int s = 0; s < scales; s++)
            result[s] += 2 * penalty.Diagonal * d[s];
    }

    /// <summary>Sets the biases so that each class's mean probability is moved to its share of the labels, which nearly converges in one
    /// step where the priors are far off.</summary>
    public void MatchShares(double[] at)
    {
        var gradient = new double[Length];
        Linearize(at, gradient);
        for (int k = 0; k < classes; k++)
        {
            double share = linear[scales + k], said = gradient[scales + k] + share - (2 * penalty.Bias * at[scales + k]);
            at[scales + k] += share > 0 && said > 0 ? Math.Clamp(Log.Compute(share / said), -MostMatched, MostMatched) : 0;
        }
    }

    /// <summary>Whether the rows determine the scales and biases without a prior: at the point of the last <see cref="Linearize"/> the loss
    /// is one that n rows
    /// support, and the information about the logarithm of all scales together is enough.</summary>
    public bool SaysEnough(double[] at)
    {
        double[] scale = [.. at.AsSpan(0, scales), .. new double[classes]], product = new double[Length];
        HessianTimes(scale, product);
        return Value(at) > targets.LeastLoss && targets.Rows * DoubleVectors.Dot(scale, product) >= TemperatureScaling.LeastInformation;
    }

    /// <inheritdoc/>
    public void Precondition(ReadOnlySpan<double> residual, Span<double> result)
    {
        if (scales == 1)
            Arrow(residual, result);
        else
            DiagonalBlocks(residual, result);
    }

    /// <summary>Solves with the scale's row and column of the Hessian and the biases' diagonal.</summary>
    private void Arrow(ReadOnlySpan<double> residual, Span<double> result)
    {
        ReadOnlySpan<double> diagonal = blocks.AsSpan(0, classes), cross = blocks.AsSpan(classes, classes);
        double own = Sum(blocks.AsSpan(2 * classes, classes)) + (2 * penalty.Diagonal) + 1e-12, rest = own, right = residual[0];
        for (int k = 0; k < classes; k++)
        {
            double inverse = 1 / (diagonal[k] + (2 * penalty.Bias) + 1e-12);
            rest -= cross[k] * cross[k] * inverse;
            right -= cross[k] * inverse * residual[1 + k];
            result[1 + k] = inverse * residual[1 + k];
        }

        // A block that is not positive definite is useless: then only the scale is solved.
        if (rest < 0.01 * own)
        {
            result[0] = residual[0] / own;
            return;
        }

        result[0] = right / rest;
        for (int k = 0; k < classes; k++)
            result[1 + k] -= cross[k] * result[0] / (diagonal[k] + (2 * penalty.Bias) + 1e-12);
    }

    /// <summary>Solves with the 2×2 block of each class, kept positive where a class has very low probability.</summary>
    private void DiagonalBlocks(ReadOnlySpan<double> residual, Span<double> result)
    {
        ReadOnlySpan<double> h0 = blocks.AsSpan(0, classes), h1 = blocks.AsSpan(classes, classes), h2 = blocks.AsSpan(2 * classes, classes);
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

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;

        return sum;
    }

    private double[] Linear() => new RowChunks(targets.Weights.Length, classes).Sum(Length, maxThreads, (from, to, c) =>
    {
        double[] buffer = ArrayPool<double>.Shared.Rent(classes);
        for (int row = from; row < to; row++)
        {
            double weight = targets.Weights[row];
            if (weight == 0)
                continue;

            ReadOnlySpan<double> values = x.Read(row, 1, buffer);
            AddTarget(c, targets.Indices[row], values, weight * (1 - targets.MissingShare));
            foreach (int k in targets.Missing)
                AddTarget(c, k, values, weight * targets.MissingShare / targets.Missing.Length);
        }

        ArrayPool<double>.Shared.Return(buffer);
    });

    private void AddTarget(double[] c, int k, ReadOnlySpan<double> values, double weight)
    {
        c[scales + k] += weight;
        c[scales == 1 ? 0 : k] += values[k] <= Impossible ? 0 : weight * values[k];
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

    private delegate void RowBody(
        ReadOnlySpan<double> row, ReadOnlySpan<double> probabilities, double weight, double logSum, double[] part);

    private double[] Rows(int length, double[] parameters, bool keep, RowBody body) =>
        new RowChunks(targets.Weights.Length, classes).Sum(length, maxThreads, (from, to, part) =>
        {
            int blockRows = Math.Max(1, BlockValues / classes);
            double[] buffer = ArrayPool<double>.Shared.Rent(blockRows * classes),
                t = ArrayPool<double>.Shared.Rent(keep ? 0 : blockRows * classes);
            var maxima = new double[blockRows];
            for (int first = from; first < to; first += blockRows)
            {
                int rows = Math.Min(blockRows, to - first);
                ReadOnlySpan<double> input = x.Read(first, rows, buffer);
                Span<double> block = keep ? probabilities.AsSpan(first * classes, rows * classes) : t.AsSpan(0, rows * classes);
                for (int r = 0; r < rows; r++)
                    maxima[r] = Scaled(input.Slice(r * classes, classes), parameters, block.Slice(r * classes, classes));

                Exp.Apply(block, block);
                for (int r = 0; r < rows; r++)
                {
                    if (targets.Weights[first + r] == 0)
                        continue;

                    Span<double> e = block.Slice(r * classes, classes);
                    double sum = ScaleToOne(e);
                    body(input.Slice(r * classes, classes), e, targets.Weights[first + r], maxima[r] + Log.Compute(sum), part);
                }
            }

            ArrayPool<double>.Shared.Return(buffer);
            ArrayPool<double>.Shared.Return(t);
        });

    /// <summary>t = w∘x + b less its maximum, which is returned.</summary>
    private double Scaled(ReadOnlySpan<double> row, double[] parameters, Span<double> t)
    {
        ScalingInput.Scale(row, parameters.AsSpan(0, scales), parameters.AsSpan(scales), t);
        double max = DoubleVectors.Max(t);
        DoubleVectors.ShiftAndScale(t, max, 1, t);
        return max;
    }

    private static double ScaleToOne(Span<double> e)
    {
        double sum = DoubleVectors.Sum(e);
        Vectors.Scale(1 / sum, e);
        return sum;
    }
}
