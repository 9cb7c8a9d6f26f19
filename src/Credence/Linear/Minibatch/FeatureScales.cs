using Credence.Features.Matrices;

namespace Credence.Linear.Minibatch;

/// <summary>
/// Scales of the features during training. A rare standardised indicator has a large value in its few rows, and a step size that suits
/// the other features would make its weight diverge; the scales keep every feature within a limit in the first block of rows.
/// </summary>
internal static class FeatureScales
{
    private const float Limit = 3;

    /// <summary>The scales, and the mean of ‖x‖² of the scaled rows.</summary>
    public static (float[] Scales, double MeanSquare) Compute(RowBlock rows, int columns)
    {
        var largest = new float[columns];
        var squares = new double[columns];
        foreach (FeatureChunk chunk in rows.Chunks)
        {
            var sparse = chunk.Features as SparseMatrix;
            ReadOnlySpan<float> values = sparse is null ? ((DenseMatrix)chunk.Features).Values : sparse.Values;
            for (int e = 0; e < values.Length; e++)
            {
                int j = sparse is null ? e % columns : sparse.Indices[e];
                largest[j] = Math.Max(largest[j], Math.Abs(values[e]));
                squares[j] += (double)values[e] * values[e];
            }
        }

        float[] scales = [.. largest.Select(value => value > Limit ? Limit / value : 1)];
        double total = 0;
        for (int j = 0; j < columns; j++)
            total += squares[j] * scales[j] * scales[j];
        return (scales, total / rows.Rows);
    }
}
