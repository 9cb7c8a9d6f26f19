namespace Credence.Numerics;

/// <summary>Products of a matrix in compressed sparse row form with a dense row-major one.</summary>
/// <remarks>Terms are added in the order of the stored entries, with fused multiply-add: the bits don't depend on threads.</remarks>
public static class SparseProduct
{
    /// <summary>C = A·B with A sparse.</summary>
    /// <param name="starts">m + 1 offsets: row i of A is the entries <c>starts[i]</c> to <c>starts[i + 1]</c>.</param>
    /// <param name="indices">The column of each entry, below <paramref name="k"/>.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="b">[<paramref name="k"/>, <paramref name="n"/>].</param>
    /// <param name="c">[m, <paramref name="n"/>], overwritten; memory of its own.</param>
    /// <param name="k">Columns of A.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The arrays don't describe such matrices, or C shares memory with B.</exception>
    public static void Multiply(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, ReadOnlySpan<float> b, Span<float> c, int k, int n,
        int threads = 1)
    {
        int m = Check(starts, indices, values.Length, k, n);
        Shape.Exactly(b.Length, (long)k * n, nameof(b));
        Shape.Exactly(c.Length, (long)m * n, nameof(c));
        Shape.Apart(b, c, nameof(c));
        c.Clear();
        for (int i = 0; i < m; i++)
        {
            Span<float> row = c.Slice(i * n, n);
            for (int e = starts[i]; e < starts[i + 1]; e++)
                Add(values[e], b.Slice(indices[e] * n, n), row);
        }
    }

    /// <summary>C = Aᵀ·B with A sparse.</summary>
    /// <param name="starts">m + 1 offsets: row i of A is the entries <c>starts[i]</c> to <c>starts[i + 1]</c>.</param>
    /// <param name="indices">The column of each entry, below <paramref name="k"/>.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="b">[m, <paramref name="n"/>].</param>
    /// <param name="c">[<paramref name="k"/>, <paramref name="n"/>], overwritten; memory of its own.</param>
    /// <param name="k">Columns of A, rows of C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The arrays don't describe such matrices, or C shares memory with B.</exception>
    public static void MultiplyTransposed(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, ReadOnlySpan<float> b, Span<float> c, int k, int n,
        int threads = 1)
    {
        int m = Check(starts, indices, values.Length, k, n);
        Shape.Exactly(b.Length, (long)m * n, nameof(b));
        Shape.Exactly(c.Length, (long)k * n, nameof(c));
        Shape.Apart(b, c, nameof(c));
        c.Clear();
        for (int i = 0; i < m; i++)
        {
            ReadOnlySpan<float> row = b.Slice(i * n, n);
            for (int e = starts[i]; e < starts[i + 1]; e++)
                Add(values[e], row, c.Slice(indices[e] * n, n));
        }
    }

    private static void Add(float factor, ReadOnlySpan<float> x, Span<float> y)
    {
        for (int j = 0; j < y.Length; j++)
            y[j] = MathF.FusedMultiplyAdd(factor, x[j], y[j]);
    }

    /// <summary>C = A·B with A sparse.</summary>
    /// <param name="starts">m + 1 offsets: row i of A is the entries <c>starts[i]</c> to <c>starts[i + 1]</c>.</param>
    /// <param name="indices">The column of each entry, below <paramref name="k"/>.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="b">[<paramref name="k"/>, <paramref name="n"/>].</param>
    /// <param name="c">[m, <paramref name="n"/>], overwritten; memory of its own.</param>
    /// <param name="k">Columns of A.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The arrays don't describe such matrices, or C shares memory with B.</exception>
    public static void Multiply(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ReadOnlySpan<double> values, ReadOnlySpan<double> b, Span<double> c, int k, int n,
        int threads = 1)
    {
        int m = Check(starts, indices, values.Length, k, n);
        Shape.Exactly(b.Length, (long)k * n, nameof(b));
        Shape.Exactly(c.Length, (long)m * n, nameof(c));
        Shape.Apart(b, c, nameof(c));
        c.Clear();
        for (int i = 0; i < m; i++)
        {
            Span<double> row = c.Slice(i * n, n);
            for (int e = starts[i]; e < starts[i + 1]; e++)
                Add(values[e], b.Slice(indices[e] * n, n), row);
        }
    }

    /// <summary>C = Aᵀ·B with A sparse.</summary>
    /// <param name="starts">m + 1 offsets: row i of A is the entries <c>starts[i]</c> to <c>starts[i + 1]</c>.</param>
    /// <param name="indices">The column of each entry, below <paramref name="k"/>.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="b">[m, <paramref name="n"/>].</param>
    /// <param name="c">[<paramref name="k"/>, <paramref name="n"/>], overwritten; memory of its own.</param>
    /// <param name="k">Columns of A, rows of C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The arrays don't describe such matrices, or C shares memory with B.</exception>
    public static void MultiplyTransposed(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ReadOnlySpan<double> values, ReadOnlySpan<double> b, Span<double> c, int k, int n,
        int threads = 1)
    {
        int m = Check(starts, indices, values.Length, k, n);
        Shape.Exactly(b.Length, (long)m * n, nameof(b));
        Shape.Exactly(c.Length, (long)k * n, nameof(c));
        Shape.Apart(b, c, nameof(c));
        c.Clear();
        for (int i = 0; i < m; i++)
        {
            ReadOnlySpan<double> row = b.Slice(i * n, n);
            for (int e = starts[i]; e < starts[i + 1]; e++)
                Add(values[e], row, c.Slice(indices[e] * n, n));
        }
    }

    private static void Add(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        for (int j = 0; j < y.Length; j++)
            y[j] = Math.FusedMultiplyAdd(factor, x[j], y[j]);
    }

    private static int Check(ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, int values, int k, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (starts.IsEmpty || starts[0] != 0 || starts[^1] != indices.Length || indices.Length != values)
        {
            throw new ArgumentException(
                $"'{nameof(starts)}' must begin with 0 and end with the {indices.Length} entries, as many as the {values} values.", nameof(starts));
        }

        for (int i = 0; i + 1 < starts.Length; i++)
        {
            if (starts[i + 1] < starts[i])
                throw new ArgumentException($"'{nameof(starts)}' falls from {starts[i]} to {starts[i + 1]} at row {i}.", nameof(starts));
        }

        for (int e = 0; e < indices.Length; e++)
        {
            if ((uint)indices[e] >= (uint)k)
                throw new ArgumentException($"Entry {e} has column {indices[e]}; A has {k} columns.", nameof(indices));
        }

        return starts.Length - 1;
    }
}
