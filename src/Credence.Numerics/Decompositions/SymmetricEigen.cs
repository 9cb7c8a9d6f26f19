namespace Credence.Numerics;

/// <summary>The eigenvalues and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations: slower than a reduction to
/// tridiagonal form, but accurate even for small eigenvalues (Golub and Van Loan, section 8.5).</summary>
public sealed class SymmetricEigen
{
    private const int MaxSweeps = 60;

    private SymmetricEigen(double[] values, double[] vectors)
    {
        Values = values;
        Vectors = vectors;
    }

    /// <summary>The eigenvalues, the largest first.</summary>
    public double[] Values { get; }

    /// <summary>[n, n]: row i is the eigenvector of eigenvalue i, of length one, its largest entry (the first such) positive.</summary>
    public double[] Vectors { get; }

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">[n, n], symmetric and finite.</param>
    /// <param name="size">n.</param>
    /// <exception cref="ArgumentException">The length is not n², or a value is not finite.</exception>
    public static SymmetricEigen Compute(ReadOnlySpan<double> matrix, int size)
    {
        if (matrix.Length != size * size)
            throw new ArgumentException($"'{nameof(matrix)}' has length {matrix.Length}, needs {size}² = {size * size}.", nameof(matrix));

        double[] a = matrix.ToArray();
        double scale = 0;
        foreach (double value in a)
            scale += value * value;

        if (!double.IsFinite(scale))
            throw new ArgumentException("The matrix has a value that is not finite; all must be finite.", nameof(matrix));

        var vectors = new double[size * size];
        for (int i = 0; i < size; i++)
            vectors[(i * size) + i] = 1;

        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            double off = 0;
            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                    off += a[(p * size) + q] * a[(p * size) + q];
            }

            if (off <= 1e-32 * scale)
                break;

            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                    Rotate(a, vectors, size, p, q);
            }
        }

        return Sorted(a, vectors, size);
    }

    private static void Rotate(double[] a, double[] vectors, int size, int p, int q)
    {
        double apq = a[(p * size) + q];
        if (apq == 0)
            return;

        double theta = (a[(q * size) + q] - a[(p * size) + p]) / (2 * apq);
        double t = 1 / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        if (theta < 0)
            t = -t;

        double c = 1 / Math.Sqrt((t * t) + 1);
        double s = t * c;
        Span<double> rowP = a.AsSpan(p * size, size);
        Span<double> rowQ = a.AsSpan(q * size, size);
        double app = rowP[p];
        double aqq = rowQ[q];
        for (int k = 0; k < size; k++)
        {
            double x = rowP[k];
            double y = rowQ[k];
            rowP[k] = (c * x) - (s * y);
            rowQ[k] = (s * x) + (c * y);
        }

        rowP[p] = app - (t * apq);
        rowQ[q] = aqq + (t * apq);
        rowP[q] = 0;
        rowQ[p] = 0;
        for (int k = 0; k < size; k++)
        {
            a[(k * size) + p] = rowP[k];
            a[(k * size) + q] = rowQ[k];
        }

        Span<double> vectorP = vectors.AsSpan(p * size, size);
        Span<double> vectorQ = vectors.AsSpan(q * size, size);
        for (int k = 0; k < size; k++)
        {
            double x = vectorP[k];
            double y = vectorQ[k];
            vectorP[k] = (c * x) - (s * y);
            vectorQ[k] = (s * x) + (c * y);
        }
    }

    private static SymmetricEigen Sorted(double[] a, double[] vectors, int size)
    {
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(i => a[(i * size) + i])];
        var values = new double[size];
        var sorted = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            values[i] = a[(order[i] * size) + order[i]];
            ReadOnlySpan<double> vector = vectors.AsSpan(order[i] * size, size);
            int largest = 0;
            for (int k = 1; k < size; k++)
            {
                if (Math.Abs(vector[k]) > Math.Abs(vector[largest]))
                    largest = k;
            }

            double sign = vector[largest] < 0 ? -1 : 1;
            for (int k = 0; k < size; k++)
                sorted[(i * size) + k] = sign * vector[k];
        }

        return new SymmetricEigen(values, sorted);
    }
}
