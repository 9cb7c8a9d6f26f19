using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Credence.Features.Matrices;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>Products of a dense matrix by blocks of rows; the blocks' terms of Xᵀ·R are summed in chunks of fixed size, and the chunks in
/// order.</summary>
internal sealed class DenseRowProducts<T> : IRowProducts<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 128;
    private const int MaxChunks = 32;

    private readonly float[] x;
    private readonly int chunkRows;
    private readonly int chunks;

    public DenseRowProducts(DenseMatrix matrix)
    {
        x = matrix.Array;
        Rows = matrix.Rows;
        Columns = matrix.Columns;

        // Few enough chunks that their sums are small relative to X; whole blocks, at least two.
        int blocks = (Rows + Block - 1) / Block;
        chunkRows = Block * Math.Max(2, (blocks + MaxChunks - 1) / MaxChunks);
        chunks = (Rows + chunkRows - 1) / chunkRows;
    }

    public int Rows { get; }

    public int Columns { get; }

    public void Multiply(T[] w, T[] z, int stride, int maxThreads, CancellationToken cancellationToken) =>
        ForBlocks(maxThreads, (from, rows, values, _) =>
        {
            Span<T> scores = z.AsSpan(from * stride, rows * stride);
            if (stride > 1)
            {
                Products.Multiply<T>(values, w, scores, rows, Columns, stride);
                return;
            }

            for (int i = 0; i < rows; i++)
                scores[i] = T.CreateTruncating(Vectors.Dot(values.Slice(i * Columns, Columns), w));
        }, null, cancellationToken);

    public void MultiplyTransposed(T[] r, T[] g, int stride, int maxThreads, CancellationToken cancellationToken)
    {
        var shares = new T[chunks][];
        ForBlocks(maxThreads, (from, rows, values, share) =>
        {
            ReadOnlySpan<T> residuals = r.AsSpan(from * stride, rows * stride);
            if (stride > 1)
            {
                T[] product = ArrayPool<T>.Shared.Rent(g.Length);
                Products.MultiplyTransposedLeft<T>(values, residuals, product.AsSpan(0, g.Length), Columns, rows, stride);
                Vectors.AddScaled(T.One, product.AsSpan(0, g.Length), share);
                ArrayPool<T>.Shared.Return(product);
                return;
            }

            for (int i = 0; i < rows; i++)
                Vectors.AddScaled(residuals[i], values.Slice(i * Columns, Columns), share);
        }, shares, cancellationToken, g.Length);
        LongVectors.Combine([.. Enumerable.Repeat(1.0, chunks)], shares, chunks, g, maxThreads);
        foreach (T[] share in shares)
            ArrayPool<T>.Shared.Return(share);
    }

    private delegate void BlockWork(int from, int rows, ReadOnlySpan<T> values, Span<T> share);

    private void ForBlocks(int maxThreads, BlockWork work, T[][]? shares, CancellationToken cancellationToken, int shareLength = 0) =>
        Chunks.For(chunks, maxThreads, chunk =>
        {
            Span<T> share = default;
            if (shares is not null)
            {
                shares[chunk] = ArrayPool<T>.Shared.Rent(shareLength);
                share = shares[chunk].AsSpan(0, shareLength);
                share.Clear();
            }

            T[] scratch = typeof(T) == typeof(float) ? [] : ArrayPool<T>.Shared.Rent(Math.Min(Block, Rows) * Columns);
            int end = Math.Min(Rows, (chunk + 1) * chunkRows);
            for (int from = chunk * chunkRows; from < end; from += Block)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int rows = Math.Min(Block, end - from);
                work(from, rows, Values(from, rows, scratch), share);
            }

            if (scratch.Length > 0)
                ArrayPool<T>.Shared.Return(scratch);
        }, cancellationToken);

    /// <summary>A block of X in this precision.</summary>
    private ReadOnlySpan<T> Values(int from, int rows, T[] scratch)
    {
        ReadOnlySpan<float> values = x.AsSpan(from * Columns, rows * Columns);
        if (typeof(T) == typeof(float))
            return MemoryMarshal.Cast<float, T>(values);

        for (int i = 0; i < values.Length; i++)
            scratch[i] = T.CreateTruncating(values[i]);
        return scratch.AsSpan(0, values.Length);
    }
}
