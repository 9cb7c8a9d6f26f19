using System.Runtime.InteropServices;
using Credence.Features.Matrices;
using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Linear.Minibatch;

/// <summary>The mean loss of a minibatch and its gradient, ∂/∂W = Xᵀ(P − Y)/m and ∂/∂b = 1ᵀ(P − Y)/m, independent of the number of
/// threads.</summary>
internal sealed class BatchGradient(int columns, int classes, int mostRows, int maxThreads)
{
    /// <summary>Products of fewer terms are not worth a second thread.</summary>
    private const long WorthThreads = 1 << 23;

    private readonly int[] labels = new int[mostRows];
    private readonly float[] weights = new float[mostRows];
    private readonly float[] scores = new float[checked(mostRows * classes)];
    private readonly List<int> starts = [];
    private readonly List<int> indices = [];
    private readonly List<float> values = [];
    private float[] dense = [];

    /// <summary>∂/∂W, [columns, classes], padded.</summary>
    public float[] Weights { get; } = new float[StepPieces.Padded(checked(columns * classes))];

    /// <summary>∂/∂b, [classes], padded.</summary>
    public float[] Bias { get; } = new float[StepPieces.Padded(classes)];

    /// <summary>Computes the gradient at W and b.</summary>
    /// <returns>The sum of the rows' losses, each times its weight.</returns>
    /// <param name="block">The block of the rows.</param>
    /// <param name="rows">The rows, of the block.</param>
    /// <param name="scales">The scale of each feature.</param>
    /// <param name="w">W, [columns, classes].</param>
    /// <param name="bias">b, [classes].</param>
    public double Compute(RowBlock block, ReadOnlySpan<int> rows, float[] scales, float[] w, float[] bias)
    {
        int size = columns * classes, m = rows.Length;
        bool sparse = Gather(block, rows, scales);
        Span<float> z = scores.AsSpan(0, m * classes);
        int entries = sparse ? values.Count : m * columns;
        int workers = (long)entries * classes >= WorthThreads ? maxThreads : 1;
        if (sparse)
            SparseProduct.Multiply(CollectionsMarshal.AsSpan(starts), CollectionsMarshal.AsSpan(indices), CollectionsMarshal.AsSpan(values),
                w.AsSpan(0, size), z, columns, classes, workers);
        else
            MatrixProduct.Multiply(dense.AsSpan(0, m * columns), w.AsSpan(0, size), z, m, columns, classes, workers);
        for (int i = 0; i < z.Length; i += classes)
        {
            for (int k = 0; k < classes; k++)
                z[i + k] += bias[k];
        }

        double loss = CrossEntropy.LossAndGradientRows(z, classes, labels.AsSpan(0, m), weights.AsSpan(0, m), z);
        float mean = 1f / m;
        Bias.AsSpan().Clear();
        for (int i = 0; i < z.Length; i += classes)
        {
            for (int k = 0; k < classes; k++)
            {
                z[i + k] *= mean;
                Bias[k] += z[i + k];
            }
        }

        if (sparse)
            SparseProduct.MultiplyTransposed(CollectionsMarshal.AsSpan(starts), CollectionsMarshal.AsSpan(indices),
                CollectionsMarshal.AsSpan(values), z, Weights.AsSpan(0, size), columns, classes, workers);
        else
            MatrixProduct.MultiplyTransposedLeft(dense.AsSpan(0, m * columns), z, Weights.AsSpan(0, size), columns, m, classes, workers);
        return loss;
    }

    /// <summary>Copies rows together; whether they are sparse.</summary>
    private bool Gather(RowBlock block, ReadOnlySpan<int> rows, float[] scales)
    {
        bool sparse = block.Chunks[0].Features is SparseMatrix;
        if (!sparse && dense.Length == 0)
            dense = new float[checked(mostRows * columns)];
        starts.Clear();
        starts.Add(0);
        indices.Clear();
        values.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            (FeatureChunk chunk, int row) = block.Find(rows[i]);
            labels[i] = chunk.Labels[row];
            weights[i] = chunk.Weights?[row] ?? 1;
            switch (chunk.Features)
            {
                case DenseMatrix full when !sparse:
                    Vectors.Multiply(full.Row(row), scales, dense.AsSpan(i * columns, columns));
                    break;
                case SparseMatrix matrix when sparse:
                    int from = matrix.Starts[row], length = matrix.Starts[row + 1] - from;
                    indices.AddRange(matrix.Indices.Slice(from, length));
                    for (int e = from; e < from + length; e++)
                        values.Add(matrix.Values[e] * scales[matrix.Indices[e]]);
                    starts.Add(indices.Count);
                    break;
                default:
                    throw new ArgumentException("The chunks of a stream must be all dense or all sparse.");
            }
        }

        return sparse;
    }
}
