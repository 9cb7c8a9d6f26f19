using System.Buffers;
using Credence.Features.Matrices;
using Credence.Linear.Solvers;

namespace Credence.Linear;

/// <summary>z = Wᵀx + b for the rows of a matrix.</summary>
internal static class LinearScores
{
    /// <summary>[rows, classes], row-major.</summary>
    /// <exception cref="ArgumentException">The number of columns is not that of the features.</exception>
    public static double[] Compute(
        IFeatureMatrix features, WidenedWeights weights, double[] bias, int maxThreads, CancellationToken cancellationToken)
    {
        int classes = bias.Length, stride = weights.Stride;
        if (features.Columns != weights.Features)
        {
            throw new ArgumentException(
                $"The rows have {features.Columns} features; the model needs {weights.Features}.", nameof(features));
        }

        double[] padded = ArrayPool<double>.Shared.Rent(checked(features.Rows * stride));
        Multiply(features, weights, padded, maxThreads, cancellationToken);
        var scores = new double[features.Rows * classes];
        for (int i = 0; i < features.Rows; i++)
        {
            for (int k = 0; k < classes; k++)
                scores[i * classes + k] = padded[i * stride + k] + bias[k];
        }

        ArrayPool<double>.Shared.Return(padded);
        return scores;
    }

    private static void Multiply(
        IFeatureMatrix features, WidenedWeights weights, double[] sums, int maxThreads, CancellationToken cancellationToken)
    {
        if (weights.IsKept || features is not SparseMatrix sparse || sparse.Values.Length >= weights.Features)
        {
            new RowProducts(features).In<double>().Multiply(weights.All, sums, weights.Stride, maxThreads, cancellationToken);
            return;
        }

        // Entry e reads block e: the sums are of the same terms in the same order.
        (int[] starts, int[] indices, float[] values) = sparse.Arrays;
        double[] blocks = ArrayPool<double>.Shared.Rent(checked(indices.Length * weights.Stride));
        weights.CopyTo(indices, blocks);
        var numbered = new int[indices.Length];
        for (int e = 0; e < numbered.Length; e++)
            numbered[e] = e;

        new RowProducts(new SparseMatrix(starts, numbered, values, numbered.Length)).In<double>()
            .Multiply(blocks, sums, weights.Stride, maxThreads, cancellationToken);
        ArrayPool<double>.Shared.Return(blocks);
    }
}
