using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>The Cholesky factor L of a symmetric positive definite matrix, A = L·Lᵀ, and solvers with it.</summary>
public sealed class Cholesky
{
    private readonly double[] factor;

    private Cholesky(double[] factor, int size)
    {
        this.factor = factor;
        Size = size;
    }

    /// <summary>The number of rows and columns.</summary>
    public int Size { get; }

    /// <summary>[n, n], row-major, zero above the diagonal.</summary>
    public ReadOnlySpan<double> Factor => factor;

    /// <summary>Factors a matrix.</summary>
    /// <param name="matrix">[n, n], row-major; only the lower triangle is read.</param>
    /// <param name="size">n.</param>
    /// <returns>The factor, or null where the matrix is not positive definite to working precision.</returns>
    /// <exception cref="ArgumentException">The length is not n².</exception>
    public static Cholesky? TryFactor(ReadOnlySpan<double> matrix, int size)
    {
        if (matrix.Length != size * size)
            throw new ArgumentException($"'{nameof(matrix)}' has length {matrix.Length}, needs {size}² = {size * size}.", nameof(matrix));

        var factor = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            Span<double> row = factor.AsSpan(i * size, size);
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> other = factor.AsSpan(j * size, size);
                double sum = matrix[(i * size) + j] - Dot(row[..j], other[..j]);

                if (j < i)
                {
                    row[j] = sum / other[j];
                }
                else
                {
                    if (!(sum > 0) || !double.IsFinite(sum))
                        return null;

                    row[i] = Math.Sqrt(sum);
                }
            }
        }

        return new Cholesky(factor, size);
    }

    /// <summary>Replaces x by L⁻¹·x, so that its squared length is xᵀA⁻¹x.</summary>
    /// <exception cref="ArgumentException">The length is not n.</exception>
    public void SolveLower(Span<double> x)
    {
        CheckLength(x.Length);
        for (int i = 0; i < Size; i++)
            x[i] = (x[i] - Dot(factor.AsSpan(i * Size, i), x[..i])) / factor[(i * Size) + i];
    }

    /// <summary>Replaces x by A⁻¹·x.</summary>
    /// <exception cref="ArgumentException">The length is not n.</exception>
    public void Solve(Span<double> x)
    {
        SolveLower(x);
        for (int i = Size - 1; i >= 0; i--)
        {
            // Row i of L is column i of its transpose: the terms of x_i are subtracted from all earlier elements at once.
            x[i] /= factor[(i * Size) + i];
            Subtract(x[i], factor.AsSpan(i * Size, i), x[..i]);
        }
    }

    /// <summary>aᵀb, in sixteen chains.</summary>
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector256<double>> u = MemoryMarshal.Cast<double, Vector256<double>>(a),
            v = MemoryMarshal.Cast<double, Vector256<double>>(b);
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0;
        for (; i + 4 <= u.Length; i += 4)
        {
            s0 = Vector256.FusedMultiplyAdd(u[i], v[i], s0);
            s1 = Vector256.FusedMultiplyAdd(u[i + 1], v[i + 1], s1);
            s2 = Vector256.FusedMultiplyAdd(u[i + 2], v[i + 2], s2);
            s3 = Vector256.FusedMultiplyAdd(u[i + 3], v[i + 3], s3);
        }

        for (; i < u.Length; i++)
            s0 = Vector256.FusedMultiplyAdd(u[i], v[i], s0);
        s0 = s0 + s1 + (s2 + s3);
        double sum = s0[0] + s0[1] + (s0[2] + s0[3]);
        for (i *= 4; i < a.Length; i++)
            sum = Math.FusedMultiplyAdd(a[i], b[i], sum);
        return sum;
    }

    /// <summary>y −= s·x.</summary>
    private static void Subtract(double s, ReadOnlySpan<double> x, Span<double> y)
    {
        ReadOnlySpan<Vector256<double>> terms = MemoryMarshal.Cast<double, Vector256<double>>(x);
        Span<Vector256<double>> sums = MemoryMarshal.Cast<double, Vector256<double>>(y);
        for (int i = 0; i < sums.Length && i < terms.Length; i++)
            sums[i] = Vector256.FusedMultiplyAdd(Vector256.Create(-s), terms[i], sums[i]);
        for (int i = sums.Length * 4; i < y.Length; i++)
            y[i] = Math.FusedMultiplyAdd(-s, x[i], y[i]);
    }

    private void CheckLength(int length)
    {
        if (length != Size)
            throw new ArgumentException($"The vector has length {length}, needs {Size}.");
    }
}
