namespace Credence.Numerics;

/// <summary>The factor L of a symmetric positive definite matrix, A = L·Lᵀ, and what is solved with it.</summary>
public sealed class Cholesky
{
    private readonly double[] factor;

    private Cholesky(double[] factor, int size)
    {
        this.factor = factor;
        Size = size;
    }

    /// <summary>Rows, and columns, of the matrix.</summary>
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
                double sum = matrix[(i * size) + j];
                for (int k = 0; k < j; k++)
                    sum -= row[k] * other[k];

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
        {
            double sum = x[i];
            for (int k = 0; k < i; k++)
                sum -= factor[(i * Size) + k] * x[k];

            x[i] = sum / factor[(i * Size) + i];
        }
    }

    /// <summary>Replaces x by A⁻¹·x.</summary>
    /// <exception cref="ArgumentException">The length is not n.</exception>
    public void Solve(Span<double> x)
    {
        SolveLower(x);
        for (int i = Size - 1; i >= 0; i--)
        {
            double sum = x[i];
            for (int k = i + 1; k < Size; k++)
                sum -= factor[(k * Size) + i] * x[k];

            x[i] = sum / factor[(i * Size) + i];
        }
    }

    private void CheckLength(int length)
    {
        if (length != Size)
            throw new ArgumentException($"The vector has length {length}, needs {Size}.");
    }
}
