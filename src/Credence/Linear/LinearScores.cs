using Credence.Features.Matrices;
using Credence.Linear.Solvers;

namespace Credence.Linear;

/// <summary>z = Wᵀx + b for the rows of a matrix.</summary>
internal static class LinearScores
{
    /// <summary>[rows, classes], row-major.</summary>
    public static double[] Compute(
        IFeatureMatrix features, float[] weights, double[] bias, int maxThreads, CancellationToken cancellationToken)
    {
        int classes = bias.Length, stride = RowProducts.Stride(classes), columns = weights.Length / classes;
        if (features.Columns != columns)
            throw new ArgumentException($"The rows have {features.Columns} features; the model needs {columns}.", nameof(features));

        var theta = new double[checked(columns * stride)];
        for (int j = 0; j < columns; j++)
        {
            for (int k = 0; k < classes; k++)
                theta[j * stride + k] = weights[j * classes + k];
        }

        var padded = new double[checked(features.Rows * stride)];
        new RowProducts(features).In<double>().Multiply(theta, padded, stride, maxThreads, cancellationToken);
        var scores = new double[features.Rows * classes];
        for (int i = 0; i < features.Rows; i++)
        {
            for (int k = 0; k < classes; k++)
                scores[i * classes + k] = padded[i * stride + k] + bias[k];
        }

        return scores;
    }
}
