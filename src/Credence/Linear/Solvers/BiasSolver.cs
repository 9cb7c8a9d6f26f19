using System.Numerics;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>
/// Finds the optimal bias for given scores X·W, by Newton steps with a curvature that is kept between calls and recomputed where it no
/// longer
/// works. Solvers then minimise a function of W only, min_b J(W, b), which is far better conditioned.
/// </summary>
internal sealed class BiasSolver<T>(LinearProblem<T> problem)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Up to this many coupled classes the curvature is factored, K³/3 products; beyond it only the diagonal is used.</summary>
    private const int MostFactored = 1024;

    /// <summary>Up to this many classes a curvature of all rows costs no more than the loss at two points; with more classes it uses a
    /// sample of rows.</summary>
    private const int ClassesForAllRows = 128;

    /// <summary>The minimum number of rows for a step. A class's curvature comes from its few uncertain rows, so all rows are better where
    /// affordable.</summary>
    private const int FewestRows = 8192;

    /// <summary>Up to this many classes a new curvature costs no more than the loss at another point.</summary>
    private const int MostRenewed = 256;

    /// <summary>The maximum change of any bias in a step.</summary>
    private const double LongestStep = 2;

    private readonly double[] gradient = new double[problem.Stride];
    private double[]? diagonal;
    private Cholesky? factor;

    private int RowsForStep =>
        (int)Math.Clamp((long)problem.Rows * ClassesForAllRows / problem.Classes, Math.Min(FewestRows, problem.Rows), problem.Rows);

    private bool IsFactored => problem.IsShiftInvariant && problem.Classes <= MostFactored;

    /// <summary>∂loss/∂b where the loss was last computed.</summary>
    public ReadOnlySpan<double> Gradient => gradient;

    /// <summary>The loss at the scores Z + b; stores its residuals and its gradient.</summary>
    public double Loss(T[] z, double[] bias, T[] r) => problem.LossAndResidual(z, bias, r, gradient);

    /// <summary>The change of the optimal bias where the scores move: −H⁻¹·change, with the last curvature.</summary>
    /// <param name="change">How ∂loss/∂b changes at a fixed bias.</param>
    public double[] Along(double[] change) => diagonal is null ? new double[change.Length] : Solved(change);

    /// <summary>Moves the bias to its minimum, from the point where the loss was last computed, and updates the residuals.</summary>
    /// <param name="z">X·W.</param>
    /// <param name="bias">The start; on return the result.</param>
    /// <param name="r">∂loss/∂Z at the start and at the result.</param>
    /// <param name="loss">The loss at the start.</param>
    /// <param name="tolerance">Stops where ‖∂loss/∂b‖ is at most this.</param>
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

            // A step that changes some class's odds by more than this leaves the region where the curvature is valid.
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
                // Due to rounding, or a curvature of other rows, there is no descent direction.
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

    /// <summary>Recomputes the curvature. The gradient norm added to its diagonal (D. Li, M. Fukushima, L. Qi, N. Yamashita, 2004) damps
    /// classes
    /// whose probabilities are all near 0 or 1, where the curvature is tiny, and vanishes with the gradient.</summary>
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

        // A constant on every element regularises the common shift, along which there is no curvature; a class without mass is separate.
        var lifted = new double[classes * classes];
        for (int k = 0; k < classes; k++)
        {
            for (int l = 0; l < classes; l++)
                lifted[k * classes + l] = curvature[k * stride + l] + trace / ((double)classes * classes);
            lifted[k * classes + k] += Math.Abs(gradient[k]) + Math.Max(1e-12 * trace, 1e-290);
        }

        factor = Cholesky.TryFactor(lifted, classes);
    }

    /// <summary>−H⁻¹·v, where H may be only its diagonal; 0 for a class without mass.</summary>
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
