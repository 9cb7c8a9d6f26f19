using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Credence.Features;
using Credence.Numerics;

namespace Credence.Training.Optimization;

/// <summary>Products of a dense matrix: a block of rows stays in cache between its product, what is done to that, and the transposed product.</summary>
internal sealed class DenseRowProducts : IRowProducts
{
    private const int Block = 64;
    private const int MaxChunks = 64;

    private readonly float[] x;
    private readonly int chunkRows;
    private readonly int chunks;
    private double[] partial = [];

    public DenseRowProducts(DenseMatrix matrix)
    {
        x = matrix.Array;
        Rows = matrix.Rows;
        Columns = matrix.Columns;

        // So few chunks that their partial sums are small beside X; whole blocks, and no fewer than four.
        int blocks = (Rows + Block - 1) / Block;
        chunkRows = Block * Math.Max(4, (blocks + MaxChunks - 1) / MaxChunks);
        chunks = (Rows + chunkRows - 1) / chunkRows;
    }

    public int Rows { get; }

    public int Columns { get; }

    public void Multiply(double[] w, double[] z, int stride, int threads, CancellationToken cancellation) =>
        ForBlocks(threads, (_, from, to) => MultiplyBlock(w, z, stride, from, to), cancellation);

    public void MultiplyTransposed(double[] r, double[] g, int stride, int threads, CancellationToken cancellation)
    {
        Prepare(g.Length);
        ForBlocks(
            threads, (chunk, from, to) => AddTransposedBlock(r, partial.AsSpan(chunk * g.Length, g.Length), stride, from, to), cancellation);
        Reduce(g, threads, cancellation);
    }

    public void MultiplyThrough(double[] w, double[] z, Action<int, int> map, double[] g, int stride, int threads, CancellationToken cancellation)
    {
        Prepare(g.Length);
        ForBlocks(threads, (chunk, from, to) =>
        {
            MultiplyBlock(w, z, stride, from, to);
            map(from, to);
            AddTransposedBlock(z, partial.AsSpan(chunk * g.Length, g.Length), stride, from, to);
        }, cancellation);
        Reduce(g, threads, cancellation);
    }

    public void MultiplyTransposedSquares(double[] c, double[] g, int stride, int threads, CancellationToken cancellation)
    {
        Prepare(g.Length);
        ForBlocks(threads, (chunk, from, to) =>
        {
            Span<double> sums = partial.AsSpan(chunk * g.Length, g.Length);
            for (int i = from; i < to; i++)
            {
                ReadOnlySpan<double> row = c.AsSpan(i * stride, stride);
                if (stride == 1)
                {
                    MixedVectors.AddScaledSquares(row[0], Row(i), sums);
                    sums[Columns] += row[0];
                    continue;
                }

                for (int j = 0; j < Columns; j++)
                {
                    double value = x[(long)i * Columns + j];
                    Vectors.AddScaled(value * value, row, sums.Slice(j * stride, stride));
                }

                Vectors.Add(row, sums[(Columns * stride)..]);
            }
        }, cancellation);
        Reduce(g, threads, cancellation);
    }

    private void ForBlocks(int threads, Action<int, int, int> body, CancellationToken cancellation) =>
        Chunks.For(chunks, threads, chunk =>
        {
            int end = Math.Min(Rows, (chunk + 1) * chunkRows);
            for (int from = chunk * chunkRows; from < end; from += Block)
            {
                cancellation.ThrowIfCancellationRequested();
                body(chunk, from, Math.Min(end, from + Block));
            }
        }, cancellation);

    private ReadOnlySpan<float> Row(int i) => x.AsSpan(i * Columns, Columns);

    private void Prepare(int length)
    {
        if (partial.Length < checked(length * chunks))
            partial = new double[length * chunks];
        else
            Array.Clear(partial, 0, length * chunks);
    }

    private void Reduce(double[] g, int threads, CancellationToken cancellation)
    {
        const int Piece = 4096;
        Chunks.For((g.Length + Piece - 1) / Piece, threads, piece =>
        {
            Span<double> sum = g.AsSpan(piece * Piece, Math.Min(Piece, g.Length - piece * Piece));
            sum.Clear();
            for (int chunk = 0; chunk < chunks; chunk++)
                Vectors.Add(partial.AsSpan(chunk * g.Length + piece * Piece, sum.Length), sum);
        }, cancellation);
    }

    /// <summary>Z of a block: four rows and sixteen classes at a time stay in registers while j runs.</summary>
    private void MultiplyBlock(double[] w, double[] z, int stride, int from, int to)
    {
        if (stride == 1)
        {
            for (int i = from; i < to; i++)
                z[i] = w[Columns] + MixedVectors.Dot(Row(i), w);

            return;
        }

        ref float rows = ref MemoryMarshal.GetArrayDataReference(x);
        ref double weights = ref MemoryMarshal.GetArrayDataReference(w);
        ref double scores = ref MemoryMarshal.GetArrayDataReference(z);
        int d = Columns;
        for (int c = 0; c < stride; c += 16)
        {
            bool two = c + 8 < stride;
            int i = from;
            for (; i + 4 <= to; i += 4)
            {
                ref float x0 = ref Unsafe.Add(ref rows, (nint)i * d);
                ref float x1 = ref Unsafe.Add(ref x0, d);
                ref float x2 = ref Unsafe.Add(ref x1, d);
                ref float x3 = ref Unsafe.Add(ref x2, d);
                ref double column = ref Unsafe.Add(ref weights, c);
                ref double bias = ref Unsafe.Add(ref weights, (nint)d * stride + c);
                Vector512<double> a0 = Vector512.LoadUnsafe(ref bias), a1 = a0, a2 = a0, a3 = a0;
                if (two)
                {
                    Vector512<double> b0 = Vector512.LoadUnsafe(ref bias, 8), b1 = b0, b2 = b0, b3 = b0;
                    for (int j = 0; j < d; j++)
                    {
                        Vector512<double> wa = Vector512.LoadUnsafe(ref column), wb = Vector512.LoadUnsafe(ref column, 8);
                        Vector512<double> v = Vector512.Create((double)Unsafe.Add(ref x0, j));
                        a0 = Vector512.FusedMultiplyAdd(v, wa, a0);
                        b0 = Vector512.FusedMultiplyAdd(v, wb, b0);
                        v = Vector512.Create((double)Unsafe.Add(ref x1, j));
                        a1 = Vector512.FusedMultiplyAdd(v, wa, a1);
                        b1 = Vector512.FusedMultiplyAdd(v, wb, b1);
                        v = Vector512.Create((double)Unsafe.Add(ref x2, j));
                        a2 = Vector512.FusedMultiplyAdd(v, wa, a2);
                        b2 = Vector512.FusedMultiplyAdd(v, wb, b2);
                        v = Vector512.Create((double)Unsafe.Add(ref x3, j));
                        a3 = Vector512.FusedMultiplyAdd(v, wa, a3);
                        b3 = Vector512.FusedMultiplyAdd(v, wb, b3);
                        column = ref Unsafe.Add(ref column, stride);
                    }

                    ref double zb = ref Unsafe.Add(ref scores, (nint)i * stride + c + 8);
                    b0.StoreUnsafe(ref zb);
                    b1.StoreUnsafe(ref Unsafe.Add(ref zb, stride));
                    b2.StoreUnsafe(ref Unsafe.Add(ref zb, 2 * stride));
                    b3.StoreUnsafe(ref Unsafe.Add(ref zb, 3 * stride));
                }
                else
                {
                    for (int j = 0; j < d; j++)
                    {
                        Vector512<double> wa = Vector512.LoadUnsafe(ref column);
                        a0 = Vector512.FusedMultiplyAdd(Vector512.Create((double)Unsafe.Add(ref x0, j)), wa, a0);
                        a1 = Vector512.FusedMultiplyAdd(Vector512.Create((double)Unsafe.Add(ref x1, j)), wa, a1);
                        a2 = Vector512.FusedMultiplyAdd(Vector512.Create((double)Unsafe.Add(ref x2, j)), wa, a2);
                        a3 = Vector512.FusedMultiplyAdd(Vector512.Create((double)Unsafe.Add(ref x3, j)), wa, a3);
                        column = ref Unsafe.Add(ref column, stride);
                    }
                }

                ref double za = ref Unsafe.Add(ref scores, (nint)i * stride + c);
                a0.StoreUnsafe(ref za);
                a1.StoreUnsafe(ref Unsafe.Add(ref za, stride));
                a2.StoreUnsafe(ref Unsafe.Add(ref za, 2 * stride));
                a3.StoreUnsafe(ref Unsafe.Add(ref za, 3 * stride));
            }

            for (; i < to; i++)
            {
                for (int h = c; h < Math.Min(c + 16, stride); h += 8)
                {
                    Vector512<double> sum = Vector512.LoadUnsafe(ref weights, (nuint)((nint)d * stride + h));
                    for (int j = 0; j < d; j++)
                    {
                        Vector512<double> v = Vector512.Create((double)Unsafe.Add(ref rows, (nint)i * d + j));
                        sum = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref weights, (nuint)((nint)j * stride + h)), sum);
                    }

                    sum.StoreUnsafe(ref scores, (nuint)((nint)i * stride + h));
                }
            }
        }
    }

    /// <summary>G += [X 1]ᵀR of a block: four columns and eight classes at a time stay in registers while i runs.</summary>
    private void AddTransposedBlock(double[] r, Span<double> g, int stride, int from, int to)
    {
        if (stride == 1)
        {
            for (int i = from; i < to; i++)
            {
                MixedVectors.AddScaled(r[i], Row(i), g);
                g[Columns] += r[i];
            }

            return;
        }

        ref float rows = ref MemoryMarshal.GetArrayDataReference(x);
        ref double residuals = ref MemoryMarshal.GetArrayDataReference(r);
        ref double sums = ref MemoryMarshal.GetReference(g);
        int d = Columns;
        for (int c = 0; c < stride; c += 8)
        {
            int j = 0;
            for (; j + 8 <= d; j += 8)
            {
                ref double target = ref Unsafe.Add(ref sums, (nint)j * stride + c);
                Vector512<double> a0 = Vector512.LoadUnsafe(ref target), a1 = Vector512.LoadUnsafe(ref target, (nuint)stride);
                Vector512<double> a2 = Vector512.LoadUnsafe(ref target, (nuint)(2 * stride)), a3 = Vector512.LoadUnsafe(ref target, (nuint)(3 * stride));
                Vector512<double> a4 = Vector512.LoadUnsafe(ref target, (nuint)(4 * stride)), a5 = Vector512.LoadUnsafe(ref target, (nuint)(5 * stride));
                Vector512<double> a6 = Vector512.LoadUnsafe(ref target, (nuint)(6 * stride)), a7 = Vector512.LoadUnsafe(ref target, (nuint)(7 * stride));
                ref float value = ref Unsafe.Add(ref rows, (nint)from * d + j);
                ref double residual = ref Unsafe.Add(ref residuals, (nint)from * stride + c);
                for (int i = from; i < to; i++)
                {
                    Vector512<double> v = Vector512.LoadUnsafe(ref residual);
                    a0 = Vector512.FusedMultiplyAdd(Vector512.Create((double)value), v, a0);
                    a1 = Vector512.FusedMultiplyAdd(Vector512.Create((double)Unsafe.Add(ref value, 1)), v, a1);
                    a2 = Vector512.FusedMultiplyAdd(Vector512.Create((double)Unsafe.Add(ref value, 2)), v, a2);
                    a3 = Vector512.FusedMultiplyAdd(Vector512.Create((double)Unsafe.Add(ref value, 3)), v, a3);
                    a4 = Vector512.FusedMultiplyAdd(Vector512.Create((double)Unsafe.Add(ref value, 4)), v, a4);
                    a5 = Vector512.FusedMultiplyAdd(Vector512.Create((double)Unsafe.Add(ref value, 5)), v, a5);
                    a6 = Vector512.FusedMultiplyAdd(Vector512.Create((double)Unsafe.Add(ref value, 6)), v, a6);
                    a7 = Vector512.FusedMultiplyAdd(Vector512.Create((double)Unsafe.Add(ref value, 7)), v, a7);
                    value = ref Unsafe.Add(ref value, d);
                    residual = ref Unsafe.Add(ref residual, stride);
                }

                a0.StoreUnsafe(ref target);
                a1.StoreUnsafe(ref target, (nuint)stride);
                a2.StoreUnsafe(ref target, (nuint)(2 * stride));
                a3.StoreUnsafe(ref target, (nuint)(3 * stride));
                a4.StoreUnsafe(ref target, (nuint)(4 * stride));
                a5.StoreUnsafe(ref target, (nuint)(5 * stride));
                a6.StoreUnsafe(ref target, (nuint)(6 * stride));
                a7.StoreUnsafe(ref target, (nuint)(7 * stride));
            }

            for (; j <= d; j++)
            {
                Vector512<double> sum = Vector512.LoadUnsafe(ref sums, (nuint)((nint)j * stride + c));
                for (int i = from; i < to; i++)
                {
                    // Past the last column stand the ones.
                    double value = j < d ? Unsafe.Add(ref rows, (nint)i * d + j) : 1;
                    sum = Vector512.FusedMultiplyAdd(
                        Vector512.Create(value), Vector512.LoadUnsafe(ref residuals, (nuint)((nint)i * stride + c)), sum);
                }

                sum.StoreUnsafe(ref sums, (nuint)((nint)j * stride + c));
            }
        }
    }
}
