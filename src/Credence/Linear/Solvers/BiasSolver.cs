using System.Numerics;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>
/// Finds the bias that is best for given scores X·W, by Newton steps with a curvature that is kept from call to call and renewed where it no longer
/// serves. Solvers then see J as a function of W alone, min_b J(W, b): what is left of it is far better conditioned.
/// </summary>
internal sealed class BiasSolver<T>(LinearProblem<T> problem)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Up to so many classes that have a part in each other the curvature is factored, K³/3 products; else its diagonal serves.</summary>
    private const int MostFactored = 1024;

    /// <summary>Classes up to which a curvature of all rows costs no more than the loss at two places; of more classes it takes a part of the rows.</summary>
    private const int ClassesForAllRows = 128;

    /// <summary>The fewest rows for a step. A class's curvature lies in its few doubtful rows, so that all rows are better where they can be had.</summary>
    private const int FewestRows = 8192;

    /// <summary>Up to so many classes a new curvature costs no more than the loss at another place.</summary>
    private const int MostRenewed = 256;

    /// <summary>The most by which a step changes any bias.</summary>
    private const double LongestStep = 2;

    private readonly double[] gradient = new double[problem.Stride];
    private double[]? diagonal;
    private Cholesky? factor;

    private int RowsForStep => (int)Math.Clamp((long)problem.Rows * ClassesForAllRows / problem.Classes, Math.Min(FewestRows, problem.Rows), problem.Rows);

    private bool IsFactored => problem.IsShiftInvariant && problem.Classes <= MostFactored;

    /// <summary>∂loss/∂b where the loss was last computed.</summary>
    public ReadOnlySpan<double> Gradient => gradient;

    /// <summary>The loss at the scores Z + b; its residuals, and the gradient, stay behind.</summary>
    public double Loss(T[] z, double[] bias, T[] r) => problem.LossAndResidual(z, bias, r, gradient);

    /// <summary>How the best bias sets out where the scores move: −H⁻¹·change, by the curvature last seen.</summary>
    /// <param name="change">How ∂loss/∂b changes at a fixed bias.</param>
    public double[] Along(double[] change) => diagonal is null ? new double[change.Length] : Solved(change);

    /// <summary>Moves the bias to its minimum, from where the loss was last computed, and leaves the residuals there.</summary>
    /// <param name="z">X·W.</param>
    /// <param name="bias">Start and result.</param>
    /// <param name="r">∂loss/∂Z at the start and at the result.</param>
    /// <param name="loss">The loss at the start.</param>
    /// <param name="tolerance">Stops where ‖∂loss/∂b‖ is not above.</param>
    /// <param name="steps">The most steps.</param>
    /// <returns>The loss.</returns>
    public double Improve(T[] z, double[] bias, T[] r, double loss, double tolerance, int steps)
    {
        double norm = Norm(gradient);
        double[] before = new double[bias.Length];
        bool whole = false, stale = diagonal is null || problem.Classes <= MostRenewed;
        for (int n = 0; n < steps && norm > tolerance; n++)
        {
            if (stale)
                Renew(r, whole ? problem.Rows : RowsForStep);
            bias.CopyTo(before, 0);
            double[] step = Solved(gradient);
            double lower = double.PositiveInfinity, lowerNorm = norm;

            // A step by which some class's odds change more than this leaves the place whose curvature it goes by.
            double share = Math.Min(1, LongestStep / step.Max(Math.Abs));
            for (int cuts = 0; cuts < 12; cuts++, share /= 4)
            {
                for (int k = 0; k < bias.Length; k++)
                    bias[k] = before[k] + share * step[k];
                lower = Loss(z, bias, r);
                lowerNorm = Norm(gradient);
                if (lower < loss || lowerNorm < 0.9 * norm)
                    break;
            }

            if (!(lower < loss || lowerNorm < 0.9 * norm))
            {
                // Rounding, or a curvature of other rows, shows no way down.
                before.CopyTo(bias, 0);
                loss = Loss(z, bias, r);
                if (whole)
                    return loss;
                whole = stale = true;
                continue;
            }

            stale = lowerNorm > 0.2 * norm;
            whole |= stale && n > 4;
            (loss, norm) = (lower, lowerNorm);
        }

        return loss;
    }

    /// <summary>Looks at the curvature anew. The gradient's own size on its diagonal (D. Li, M. Fukushima, L. Qi, N. Yamashita, 2004) holds back classes
    /// whose rows all stand near 0 or 1, where there is hardly any, and goes away as the gradient does.</summary>
    private void Renew(T[] r, int rows)
    {
        int stride = problem.Stride, classes = problem.Classes;
        if (!IsFactored)
        {
            diagonal = problem.CurvatureDiagonal(r, rows);
            for (int k = 0; k < classes; k++)
                diagonal[k] += diagonal[k] > 0 ? Math.Abs(gradient[k]) : 0;
            return;
        }

        var curvature = new double[stride * stride];
        problem.Curvature(r, curvature, rows);
        diagonal = [.. Enumerable.Range(0, classes).Select(k => curvature[k * stride + k])];
        double trace = diagonal.Sum();

        // A constant on every element lifts the equal shifts, along which there is no curvature; a class without mass stands alone.
        var lifted = new double[classes * classes];
        for (int k = 0; k < classes; k++)
        {
            for (int l = 0; l < classes; l++)
                lifted[k * classes + l] = curvature[k * stride + l] + trace / ((double)classes * classes);
            lifted[k * classes + k] += Math.Abs(gradient[k]) + Math.Max(1e-12 * trace, 1e-290);
        }

        factor = Cholesky.TryFactor(lifted, classes);
    }

    /// <summary>−H⁻¹·v, H perhaps its diagonal; 0 for a class without mass.</summary>
    private double[] Solved(double[] v)
    {
        var solved = new double[v.Length];
        for (int k = 0; k < problem.Classes; k++)
            solved[k] = factor is not null ? -v[k] : diagonal![k] > 0 ? -v[k] / diagonal[k] : 0;
        factor?.Solve(solved.AsSpan(0, problem.Classes));
        for (int k = 0; k < problem.Classes; k++)
            solved[k] = diagonal![k] > 0 ? solved[k] : 0;
        return solved;
    }

    private static double Norm(double[] x) => Math.Sqrt(Vectors.Dot<double>(x, x));
}
