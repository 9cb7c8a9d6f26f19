namespace Credence.Numerics;

/// <summary>Products of dense row-major matrices.</summary>
/// <remarks>
/// Each element of the result adds its products over k in order with fused multiply-add, in blocks of 4,096 terms whose sums are added in
/// order: the bits depend only on the shapes.
/// </remarks>
public static unsafe class MatrixProduct
{
    /// <summary>C = A·B.</summary>
    /// <param name="a">[<paramref name="m"/>, <paramref name="k"/>].</param>
    /// <param name="b">[<paramref name="k"/>, <paramref name="n"/>].</param>
    /// <param name="c">[<paramref name="m"/>, <paramref name="n"/>], overwritten; must not overlap any other span.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A span's length is not its shape's, or C shares memory with A or B.</exception>
    public static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int k, int n, int maxThreads = 1)
    {
        Check<float>(a, b, c, m, k, n);
        fixed (float* left = a, right = b, result = c)
            ProductPlan.Multiply<float>(new((nint)left, k, 1), new((nint)right, n, 1), new((nint)result, n, 1), m, k, n, maxThreads);
    }

    /// <summary>C = Aᵀ·B.</summary>
    /// <param name="a">[<paramref name="k"/>, <paramref name="m"/>].</param>
    /// <param name="b">[<paramref name="k"/>, <paramref name="n"/>].</param>
    /// <param name="c">[<paramref name="m"/>, <paramref name="n"/>], overwritten; must not overlap any other span.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A span's length is not its shape's, or C shares memory with A or B.</exception>
    public static void MultiplyTransposedLeft(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int k, int n, int maxThreads = 1)
    {
        Check<float>(a, b, c, m, k, n);
        fixed (float* left = a, right = b, result = c)
            ProductPlan.Multiply<float>(new((nint)left, 1, m), new((nint)right, n, 1), new((nint)result, n, 1), m, k, n, maxThreads);
    }

    /// <summary>C = A·Bᵀ.</summary>
    /// <param name="a">[<paramref name="m"/>, <paramref name="k"/>].</param>
    /// <param name="b">[<paramref name="n"/>, <paramref name="k"/>].</param>
    /// <param name="c">[<paramref name="m"/>, <paramref name="n"/>], overwritten; must not overlap any other span.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A span's length is not its shape's, or C shares memory with A or B.</exception>
    public static void MultiplyTransposedRight(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int k, int n, int maxThreads = 1)
    {
        Check<float>(a, b, c, m, k, n);
        fixed (float* left = a, right = b, result = c)
            ProductPlan.Multiply<float>(new((nint)left, k, 1), new((nint)right, 1, k), new((nint)result, n, 1), m, k, n, maxThreads);
    }

    /// <summary>C = A·B.</summary>
    /// <param name="a">[<paramref name="m"/>, <paramref name="k"/>].</param>
    /// <param name="b">[<paramref name="k"/>, <paramref name="n"/>].</param>
    /// <param name="c">[<paramref name="m"/>, <paramref name="n"/>], overwritten; must not overlap any other span.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A span's length is not its shape's, or C shares memory with A or B.</exception>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n, int maxThreads = 1)
    {
        Check<double>(a, b, c, m, k, n);
        fixed (double* left = a, right = b, result = c)
            ProductPlan.Multiply<double>(new((nint)left, k, 1), new((nint)right, n, 1), new((nint)result, n, 1), m, k, n, maxThreads);
    }

    /// <summary>C = Aᵀ·B.</summary>
    /// <param name="a">[<paramref name="k"/>, <paramref name="m"/>].</param>
    /// <param name="b">[<paramref name="k"/>, <paramref name="n"/>].</param>
    /// <param name="c">[<paramref name="m"/>, <paramref name="n"/>], overwritten; must not overlap any other span.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A span's length is not its shape's, or C shares memory with A or B.</exception>
    public static void MultiplyTransposedLeft(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n, int maxThreads = 1)
    {
        Check<double>(a, b, c, m, k, n);
        fixed (double* left = a, right = b, result = c)
            ProductPlan.Multiply<double>(new((nint)left, 1, m), new((nint)right, n, 1), new((nint)result, n, 1), m, k, n, maxThreads);
    }

    /// <summary>C = A·Bᵀ.</summary>
    /// <param name="a">[<paramref name="m"/>, <paramref name="k"/>].</param>
    /// <param name="b">[<paramref name="n"/>, <paramref name="k"/>].</param>
    /// <param name="c">[<paramref name="m"/>, <paramref name="n"/>], overwritten; must not overlap any other span.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A span's length is not its shape's, or C shares memory with A or B.</exception>
    public static void MultiplyTransposedRight(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n, int maxThreads = 1)
    {
        Check<double>(a, b, c, m, k, n);
        fixed (double* left = a, right = b, result = c)
            ProductPlan.Multiply<double>(new((nint)left, k, 1), new((nint)right, 1, k), new((nint)result, n, 1), m, k, n, maxThreads);
    }

    private static void Check<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, int m, int k, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        Shape.Exactly(a.Length, (long)m * k, nameof(a));
        Shape.Exactly(b.Length, (long)k * n, nameof(b));
        Shape.Exactly(c.Length, (long)m * n, nameof(c));
        Shape.Apart(a, c, nameof(c));
        Shape.Apart(b, c, nameof(c));
    }
}
