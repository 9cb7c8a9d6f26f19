using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>
/// The quasi-Newton correction of M by the latest steps: B = σM − Q·N⁻¹·Qᵀ with Q = [σMS Y], S the steps, Y the loss's gradient
/// changes along them, N = [σSᵀMS L; Lᵀ −D], L + D the lower triangle of SᵀY (R. Byrd, J. Nocedal, R. Schnabel, Representations of
/// quasi-Newton matrices, 1994).
/// </summary>
/// <param name="most">The maximum number of stored steps.</param>
internal sealed class StepMemory(int most)
{
    /// <summary>A step and a change that are nearly orthogonal carry no curvature information.</summary>
    private const double LeastCurvature = 1e-10;

    private readonly List<(double[] Step, double[] Change, double[] Coupled)> pairs = [];
    private double[] inverse = [];

    /// <summary>The number of columns of Q.</summary>
    public int Columns => 2 * pairs.Count;

    /// <summary>σ.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>Clears the memory.</summary>
    public void Clear()
    {
        pairs.Clear();
        Scale = 1;
    }

    /// <summary>Adds a step.</summary>
    /// <param name="step">s; the object takes ownership.</param>
    /// <param name="change">y; the object takes ownership.</param>
    /// <param name="coupling">M.</param>
    /// <param name="maxThreads">The maximum number of threads.</param>
    public void Learn(double[] step, double[] change, IQuadraticModel coupling, int maxThreads)
    {
        var coupled = new double[step.Length];
        coupling.Multiply(step, coupled);
        double curvature = LongVectors.Dot(step, change, maxThreads), expected = LongVectors.Dot(step, coupled, maxThreads);
        if (!(curvature > LeastCurvature * expected) || !(expected > 0) || !double.IsFinite(curvature))
            return;

        pairs.Add((step, change, coupled));
        if (pairs.Count > most)
            pairs.RemoveAt(0);
        Scale = Math.Clamp(curvature / expected, 1e-3, 1e3);
        int m = pairs.Count, size = 2 * m;
        var n = new double[size * size];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < m; j++)
            {
                n[i * size + j] = Scale * LongVectors.Dot(pairs[i].Step, pairs[j].Coupled, maxThreads);
                if (i >= j)
                {
                    double product = LongVectors.Dot(pairs[i].Step, pairs[j].Change, maxThreads);
                    if (i == j)
                        n[(m + i) * size + m + i] = -product;
                    else
                        n[i * size + m + j] = n[(m + j) * size + i] = product;
                }
            }
        }

        if (!TryInvert(n, size, out inverse))
            Clear();
    }

    /// <summary>A row of Q, and N⁻¹ times it.</summary>
    public void Row(int place, Span<double> row, Span<double> solved)
    {
        int m = pairs.Count, size = 2 * m;
        for (int i = 0; i < m; i++)
        {
            row[i] = Scale * pairs[i].Coupled[place];
            row[m + i] = pairs[i].Change[place];
        }

        for (int i = 0; i < size; i++)
            solved[i] = Vectors.Dot<double>(inverse.AsSpan(i * size, size), row[..size]);
    }

    /// <summary>Gauss–Jordan elimination with partial pivoting.</summary>
    private static bool TryInvert(double[] a, int size, out double[] inverse)
    {
        inverse = new double[size * size];
        for (int i = 0; i < size; i++)
            inverse[i * size + i] = 1;
        for (int column = 0; column < size; column++)
        {
            int pivot = column;
            for (int i = column + 1; i < size; i++)
                pivot = Math.Abs(a[i * size + column]) > Math.Abs(a[pivot * size + column]) ? i : pivot;
            double own = a[pivot * size + column];
            if (own == 0 || !double.IsFinite(own))
                return false;

            for (int j = 0; j < size; j++)
            {
                // The pivot row is written last: it may overlap its source.
                (a[pivot * size + j], a[column * size + j]) = (a[column * size + j], a[pivot * size + j] / own);
                (inverse[pivot * size + j], inverse[column * size + j]) = (inverse[column * size + j], inverse[pivot * size + j] / own);
            }

            for (int i = 0; i < size; i++)
            {
                double factor = a[i * size + column];
                if (i == column || factor == 0)
                    continue;
                Vectors.AddScaled(-factor, a.AsSpan(column * size, size), a.AsSpan(i * size, size));
                Vectors.AddScaled(-factor, inverse.AsSpan(column * size, size), inverse.AsSpan(i * size, size));
            }
        }

        return true;
    }
}
