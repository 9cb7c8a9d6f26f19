using Credence.Features;
using Credence.Numerics;

namespace Credence.Training.Optimization;

/// <summary>Products of a sparse matrix, kept by rows for X·W and by columns for Xᵀ·R, so that each sum has one owner and no partial copies.</summary>
internal sealed class SparseRowProducts : IRowProducts
{
    private const int ChunkEntries = 1 << 14;

    private readonly CompressedVectors byRow;
    private readonly Lazy<CompressedVectors> byColumn;
    private readonly Lazy<CompressedVectors> squares;
    private readonly int[] rowChunks;
    private readonly Lazy<int[]> columnChunks;

    public SparseRowProducts(SparseMatrix matrix)
    {
        (int[] starts, int[] indices, float[] values) = matrix.Arrays;
        Rows = matrix.Rows;
        Columns = matrix.Columns;
        byRow = new CompressedVectors(starts, indices, values);
        byColumn = new Lazy<CompressedVectors>(() => byRow.Transpose(Columns));
        squares = new Lazy<CompressedVectors>(() => byColumn.Value.Squared());
        rowChunks = byRow.Cut(ChunkEntries);
        columnChunks = new Lazy<int[]>(() => byColumn.Value.Cut(ChunkEntries));
    }

    public int Rows { get; }

    public int Columns { get; }

    public void Multiply(double[] w, double[] z, int stride, int threads, CancellationToken cancellation) =>
        Chunks.For(rowChunks.Length - 1, threads, chunk =>
        {
            for (int i = rowChunks[chunk]; i < rowChunks[chunk + 1]; i++)
                byRow.Combine(i, w, w.AsSpan(Columns * stride, stride), z.AsSpan(i * stride, stride));
        }, cancellation);

    public void MultiplyTransposed(double[] r, double[] g, int stride, int threads, CancellationToken cancellation) =>
        CombineColumns(byColumn.Value, r, g, stride, threads, cancellation);

    public void MultiplyTransposedSquares(double[] c, double[] g, int stride, int threads, CancellationToken cancellation) =>
        CombineColumns(squares.Value, c, g, stride, threads, cancellation);

    public void MultiplyThrough(double[] w, double[] z, Action<int, int> map, double[] g, int stride, int threads, CancellationToken cancellation)
    {
        Chunks.For(rowChunks.Length - 1, threads, chunk =>
        {
            for (int i = rowChunks[chunk]; i < rowChunks[chunk + 1]; i++)
                byRow.Combine(i, w, w.AsSpan(Columns * stride, stride), z.AsSpan(i * stride, stride));
            map(rowChunks[chunk], rowChunks[chunk + 1]);
        }, cancellation);
        MultiplyTransposed(z, g, stride, threads, cancellation);
    }

    private void CombineColumns(CompressedVectors columns, double[] r, double[] g, int stride, int threads, CancellationToken cancellation)
    {
        int[] cuts = columnChunks.Value;
        Chunks.For(cuts.Length - 1, threads, chunk =>
        {
            for (int j = cuts[chunk]; j < cuts[chunk + 1]; j++)
                columns.Combine(j, r, default, g.AsSpan(j * stride, stride));
        }, cancellation);
        Vectors.SumRows(r.AsSpan(0, Rows * stride), g.AsSpan(Columns * stride, stride));
    }
}
