using System.Numerics;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>
/// M = c·Cov(x) + λI, c the mean curvature of the loss in a score: close to the Hessian of every class at the optimal bias, which removes
/// the columns'
/// means. It makes the solver invariant to linear transformations of the columns.
/// </summary>
internal sealed class GramMetric<T> : IMetric<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] factor;
    private readonly int size;

    private GramMetric(T[] factor, int size)
    {
        this.factor = factor;
        this.size = size;
    }

    /// <summary>The metric, or null where M is not positive definite in double precision.</summary>
    /// <param name="covariance">Cov(x), [columns, columns].</param>
    /// <param name="size">The number of columns.</param>
    /// <param name="curvature">c.</param>
    /// <param name="l2">λ.</param>
    public static GramMetric<T>? TryMake(double[] covariance, int size, double curvature, double l2)
    {
        double trace = 0;
        for (int j = 0; j < size; j++)
            trace += curvature * covariance[j * size + j];

        var matrix = new double[covariance.Length];
        for (int e = 0; e < matrix.Length; e++)
            matrix[e] = curvature * covariance[e];
        for (int j = 0; j < size; j++)
            matrix[j * size + j] += Math.Max(l2, 1e-7 * trace / size);
        if (Cholesky.TryFactor(matrix, size) is not { } cholesky)
            return null;

        // The diagonal is stored as its reciprocal.
        var factor = new T[matrix.Length];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
                factor[i * size + j] = T.CreateTruncating(cholesky.Factor[i * size + j]);
            factor[i * size + i] = T.CreateTruncating(1 / cholesky.Factor[i * size + i]);
        }

        return new GramMetric<T>(factor, size);
    }

    public void Solve(T[] x, int stride, int maxThreads)
    {
        for (int i = 0; i < size; i++)
        {
            Span<T> row = x.AsSpan(i * stride, stride);
            for (int j = 0; j < i; j++)
                Vectors.AddScaled(-factor[i * size + j], x.AsSpan(j * stride, stride), row);
            Vectors.Scale(factor[i * size + i], row);
        }

        for (int i = size - 1; i >= 0; i--)
        {
            Span<T> row = x.AsSpan(i * stride, stride);
            Vectors.Scale(factor[i * size + i], row);
            for (int j = 0; j < i; j++)
                Vectors.AddScaled(-factor[i * size + j], row, x.AsSpan(j * stride, stride));
        }
    }
}
