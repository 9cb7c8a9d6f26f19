using System.Numerics;

namespace Credence.Numerics;

/// <summary>Products of a matrix in compressed sparse row form with a dense row-major one.</summary>
/// <remarks>
/// Each element of C adds its terms in the order of the stored entries, with fused multiply-add: the bits depend neither on threads nor on
/// the width of vectors.
/// </remarks>
public static unsafe class SparseProduct
{
    /// <summary>C = A·B with A sparse.</summary>
    /// <param name="starts">m + 1 offsets: row i of A is the entries <c>starts[i]</c> to <c>starts[i + 1]</c>.</param>
    /// <param name="indices">The column of each entry, below <paramref name="k"/>.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="b">[<paramref name="k"/>, <paramref name="n"/>].</param>
    /// <param name="c">[m, <paramref name="n"/>], overwritten; must not overlap any other span.</param>
    /// <param name="k">Columns of A.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The arrays don't describe such matrices, or C shares memory with B.</exception>
    public static void Multiply(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, ReadOnlySpan<float> b, Span<float> c, int k, int n,
        int maxThreads = 1) =>
        Run(starts, indices, values, b, c, k, n, maxThreads, false);

    /// <summary>C = Aᵀ·B with A sparse.</summary>
    /// <param name="starts">m + 1 offsets: row i of A is the entries <c>starts[i]</c> to <c>starts[i + 1]</c>.</param>
    /// <param name="indices">The column of each entry, below <paramref name="k"/>.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="b">[m, <paramref name="n"/>].</param>
    /// <param name="c">[<paramref name="k"/>, <paramref name="n"/>], overwritten; must not overlap any other span.</param>
    /// <param name="k">Columns of A, rows of C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The arrays don't describe such matrices, or C shares memory with B.</exception>
    public static void MultiplyTransposed(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, ReadOnlySpan<float> b, Span<float> c, int k, int n,
        int maxThreads = 1) =>
        Run(starts, indices, values, b, c, k, n, maxThreads, true);

    /// <summary>C = A·B with A sparse.</summary>
    /// <param name="starts">m + 1 offsets: row i of A is the entries <c>starts[i]</c> to <c>starts[i + 1]</c>.</param>
    /// <param name="indices">The column of each entry, below <paramref name="k"/>.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="b">[<paramref name="k"/>, <paramref name="n"/>].</param>
    /// <param name="c">[m, <paramref name="n"/>], overwritten; must not overlap any other span.</param>
    /// <param name="k">Columns of A.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The arrays don't describe such matrices, or C shares memory with B.</exception>
    public static void Multiply(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ReadOnlySpan<double> values, ReadOnlySpan<double> b, Span<double> c, int k,
            int n,
        int maxThreads = 1) =>
        Run(starts, indices, values, b, c, k, n, maxThreads, false);

    /// <summary>C = Aᵀ·B with A sparse.</summary>
    /// <param name="starts">m + 1 offsets: row i of A is the entries <c>starts[i]</c> to <c>starts[i + 1]</c>.</param>
    /// <param name="indices">The column of each entry, below <paramref name="k"/>.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="b">[m, <paramref name="n"/>].</param>
    /// <param name="c">[<paramref name="k"/>, <paramref name="n"/>], overwritten; must not overlap any other span.</param>
    /// <param name="k">Columns of A, rows of C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The arrays don't describe such matrices, or C shares memory with B.</exception>
    public static void MultiplyTransposed(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ReadOnlySpan<double> values, ReadOnlySpan<double> b, Span<double> c, int k,
            int n,
        int maxThreads = 1) =>
        Run(starts, indices, values, b, c, k, n, maxThreads, true);

    private static void Run<T>(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ReadOnlySpan<T> values, ReadOnlySpan<T> b, Span<T> c, int k, int n,
            int maxThreads,
        bool transposed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = Check(starts, indices, values.Length, k, n);
        Shape.Exactly(b.Length, (long)(transposed ? m : k) * n, nameof(b));
        Shape.Exactly(c.Length, (long)(transposed ? k : m) * n, nameof(c));
        Shape.Apart(b, c, nameof(c));
        Shape.Apart(values, c, nameof(c));
        maxThreads = Chunks.Threads(maxThreads);
        fixed (int* offsets = starts, columns = indices)
        {
            fixed (T* entries = values, right = b, result = c)
            {
                var a = new SparseRows<T>(offsets, columns, entries, m, k);
                // No wider than the dense rows.
                if (LaneWidth.Bits >= 512 && n >= Lanes512<T>.Count)
                    SparseRows<Lanes512<T>, T>.Multiply(a, right, result, n, maxThreads, transposed);
                else if (LaneWidth.Bits >= 256 && n >= Lanes256<T>.Count)
                    SparseRows<Lanes256<T>, T>.Multiply(a, right, result, n, maxThreads, transposed);
                else if (LaneWidth.Bits >= 128 && n >= Lanes128<T>.Count)
                    SparseRows<Lanes128<T>, T>.Multiply(a, right, result, n, maxThreads, transposed);
                else
                    SparseRows<OneLane<T>, T>.Multiply(a, right, result, n, maxThreads, transposed);
            }
        }
    }

    private static int Check(ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, int values, int k, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (starts.IsEmpty || starts[0] != 0 || starts[^1] != indices.Length || indices.Length != values)
        {
            throw new ArgumentException(
                $"'{nameof(starts)}' must begin with 0 and end with the {indices.Length} entries, as many as the {values} values.",
                    nameof(starts));
        }

        for (int i = 0; i + 1 < starts.Length; i++)
        {
            if (starts[i + 1] < starts[i])
                throw new ArgumentException($"'{nameof(starts)}' falls from {starts[i]} to {starts[i + 1]} at row {i}.", nameof(starts));
        }

        int wrong = Shape.FirstAtLeast(indices, k);
        if (wrong >= 0)
            throw new ArgumentException($"Entry {wrong} has column {indices[wrong]}; A has {k} columns.", nameof(indices));

        return starts.Length - 1;
    }
}
