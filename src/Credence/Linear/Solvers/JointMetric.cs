using System.Numerics;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>
/// The joint curvature of J in the weights of all classes, at the optimal bias: for few columns and classes, where its factor is cheap.
/// One step with it is worth about a hundred with simpler metrics, for any column scales and class frequencies.
/// </summary>
internal sealed class JointMetric<T> : IMetric<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Cholesky factor;
    private readonly int columns;
    private readonly int classes;

    private JointMetric(Cholesky factor, int columns, int classes)
    {
        this.factor = factor;
        this.columns = columns;
        this.classes = classes;
    }

    /// <summary>The metric, or null where the curvature is not positive definite in double precision.</summary>
    /// <param name="curvature">Σ_i curvature_i ⊗ [x_i 1][x_i 1]ᵀ, [classes·(columns + 1), classes·(columns + 1)], class by class;
    /// overwritten.</param>
    /// <param name="columns">Columns of X.</param>
    /// <param name="classes">Columns of scores.</param>
    /// <param name="l2">λ.</param>
    public static JointMetric<T>? TryMake(double[] curvature, int columns, int classes, double l2)
    {
        int block = columns + 1, size = classes * block;
        double trace = 0;
        for (int i = 0; i < size; i++)
            trace += curvature[(long)i * size + i];

        // Rounding error in directions without curvature, such as the common shift of the biases, must not look like curvature.
        double least = 1e-9 * trace / size;
        for (int i = 0; i < size; i++)
            curvature[(long)i * size + i] += i % block == columns ? least : Math.Max(l2, least);
        return Cholesky.TryFactor(curvature, size) is { } factor ? new JointMetric<T>(factor, columns, classes) : null;
    }

    public void Solve(T[] x, int stride, int maxThreads)
    {
        int block = columns + 1;
        var packed = new double[classes * block];
        for (int j = 0; j < columns; j++)
        {
            for (int k = 0; k < classes; k++)
                packed[k * block + j] = double.CreateTruncating(x[j * stride + k]);
        }

        factor.Solve(packed);
        for (int j = 0; j < columns; j++)
        {
            for (int k = 0; k < classes; k++)
                x[j * stride + k] = T.CreateTruncating(packed[k * block + j]);
        }
    }
}
