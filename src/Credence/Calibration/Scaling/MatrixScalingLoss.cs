using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Calibration.Scaling;

/// <summary>The mean log loss of softmax(W·x + b), plus ridge penalties on W − I and b; convex in (W, b).</summary>
/// <remarks>Parameters: W row by row ([K, K], row k gives class k), then K biases. Every pass over the rows is a product of
/// matrices.</remarks>
internal sealed class MatrixScalingLoss : IConvexLoss
{
    private const int ChunkRows = 256;
    private readonly double[] x, squares, probabilities, work, curvature;
    private readonly CalibrationTargets targets;
    private readonly ScalingPenalty penalty;
    private readonly int rows, classes, maxThreads;

    /// <summary>Prepares the loss.</summary>
    /// <param name="x">[n, K], finite.</param>
    /// <param name="targets">Labels and weights.</param>
    /// <param name="penalty">The ridge penalties.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core.</param>
    public MatrixScalingLoss(double[] x, CalibrationTargets targets, ScalingPenalty penalty, int maxThreads)
    {
        this.x = x;
        this.targets = targets;
        this.penalty = penalty;
        this.maxThreads = maxThreads;
        classes = targets.Classes;
        rows = targets.Weights.Length;
        Length = (classes * classes) + classes;
        squares = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            squares[i] = x[i] * x[i];

        probabilities = new double[x.Length];
        work = new double[x.Length];
        curvature = new double[Length];
    }

    /// <inheritdoc/>
    public int Length { get; }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> point)
    {
        Scores(point, work);
        return DataLoss(work) + Penalty(point, []);
    }

    /// <inheritdoc/>
    public double Linearize(ReadOnlySpan<double> point, Span<double> gradient)
    {
        Scores(point, probabilities);
        double loss = DataLoss(probabilities);
        Softmax.ForwardRows(probabilities, classes, probabilities, 1, maxThreads);

        // Σ w·p(1 − p)·x², the Hessian's diagonal, then the residual w(p − y), each a product with x.
        ForRows(row =>
        {
            ReadOnlySpan<double> p = Row(probabilities, row);
            Span<double> into = Row(work, row);
            for (int k = 0; k < classes; k++)
                into[k] = targets.Weights[row] * p[k] * (1 - p[k]);
        });
        TimesRows(work, squares, curvature);
        for (int i = 0; i < Length; i++)
            curvature[i] += 2 * Strength(i);

        ForRows(row =>
        {
            double weight = targets.Weights[row];
            ReadOnlySpan<double> p = Row(probabilities, row);
            Span<double> into = Row(work, row);
            for (int k = 0; k < classes; k++)
                into[k] = weight * p[k];

            into[targets.Indices[row]] -= weight * (1 - targets.MissingShare);
            foreach (int k in targets.Missing)
                into[k] -= weight * targets.MissingShare / targets.Missing.Length;
        });
        TimesRows(work, x, gradient);
        return loss + Penalty(point, gradient);
    }

    /// <inheritdoc/>
    public void HessianTimes(ReadOnlySpan<double> direction, Span<double> result)
    {
        Scores(direction, work);
        ForRows(row =>
        {
            // dp = p∘(dt − p·dt).
            double weight = targets.Weights[row];
            ReadOnlySpan<double> p = Row(probabilities, row);
            Span<double> change = Row(work, row);
            double mean = DoubleVectors.Dot(p, change);
            for (int k = 0; k < classes; k++)
                change[k] = weight * p[k] * (change[k] - mean);
        });
        TimesRows(work, x, result);
        for (int i = 0; i < Length; i++)
            result[i] += 2 * Strength(i) * direction[i];
    }

    /// <inheritdoc/>
    public void Precondition(ReadOnlySpan<double> residual, Span<double> result)
    {
        for (int i = 0; i < Length; i++)
            result[i] = residual[i] / Math.Max(curvature[i], 1e-10);
    }

    /// <summary>x·Wᵀ + b.</summary>
    private void Scores(ReadOnlySpan<double> parameters, double[] into)
    {
        MatrixProduct.MultiplyTransposedRight(x, parameters[..(classes * classes)], into, rows, classes, classes, maxThreads);
        double[] bias = parameters[(classes * classes)..].ToArray();
        ForRows(row => Vectors.AddScaled<double>(1, bias, Row(into, row)));
    }

    /// <summary>aᵀ·b for W's part and Σ a for the biases'.</summary>
    private void TimesRows(double[] a, double[] b, Span<double> result)
    {
        MatrixProduct.MultiplyTransposedLeft(a, b, result[..(classes * classes)], classes, rows, classes, maxThreads);
        double[] sums = new RowChunks(rows, classes).Sum(classes, maxThreads, (from, to, part) =>
        {
            for (int row = from; row < to; row++)
                Vectors.AddScaled<double>(1, Row(a, row), part);
        });
        sums.CopyTo(result[(classes * classes)..]);
    }

    private double DataLoss(double[] t) => new RowChunks(rows, classes).Sum(1, maxThreads, (from, to, part) =>
    {
        for (int row = from; row < to; row++)
        {
            double weight = targets.Weights[row];
            if (weight == 0)
                continue;

            ReadOnlySpan<double> scores = Row(t, row);
            double aim = (1 - targets.MissingShare) * scores[targets.Indices[row]];
            foreach (int k in targets.Missing)
                aim += targets.MissingShare / targets.Missing.Length * scores[k];

            part[0] += weight * (LogSumExp.Compute(scores) - aim);
        }
    })[0];

    private double Penalty(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double sum = 0;
        for (int i = 0; i < Length; i++)
        {
            double distance = parameters[i] - (IsDiagonal(i) ? 1 : 0);
            sum += Strength(i) * distance * distance;
            if (!gradient.IsEmpty)
                gradient[i] += 2 * Strength(i) * distance;
        }

        return sum;
    }

    private bool IsDiagonal(int i) => i < classes * classes && i % (classes + 1) == 0;

    private double Strength(int i) => i >= classes * classes ? penalty.Bias : IsDiagonal(i) ? penalty.Diagonal : penalty.OffDiagonal;

    private Span<double> Row(double[] matrix, int row) => matrix.AsSpan(row * classes, classes);

    private void ForRows(Action<int> body) => Chunks.For((rows + ChunkRows - 1) / ChunkRows, maxThreads, chunk =>
    {
        for (int row = chunk * ChunkRows; row < Math.Min(rows, (chunk + 1) * ChunkRows); row++)
            body(row);
    });
}
