using System.Numerics;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>Products of a sparse matrix: each row's scores, and each column's part of the gradient, is one sequential sum over its
/// entries.</summary>
internal sealed class SparseRowProducts<T>(CompressedColumns x) : IRowProducts<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Rows => x.Rows;

    public int Columns => x.Columns;

    public void Multiply(T[] w, T[] z, int stride, int maxThreads, CancellationToken cancellationToken) =>
        Combine(x.ByRow, x.RowRuns, w, z, stride, maxThreads, cancellationToken);

    public void MultiplyTransposed(T[] r, T[] g, int stride, int maxThreads, CancellationToken cancellationToken) =>
        Combine(x.ByColumn, x.ColumnRuns, r, g, stride, maxThreads, cancellationToken);

    private static void Combine(
        CompressedVectors vectors, int[] runs, T[] blocks, T[] sums, int stride, int maxThreads, CancellationToken cancellationToken) =>
        Chunks.For(runs.Length - 1, maxThreads, run => vectors.Combine(runs[run], runs[run + 1], blocks, sums, stride), cancellationToken);
}
