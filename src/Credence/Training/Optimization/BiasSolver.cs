using System.Numerics;
using Credence.Numerics;

namespace Credence.Training.Optimization;

/// <summary>
/// Finds the bias that is best for given scores X·W, by Newton steps with a curvature that is kept from call to call and renewed where it no longer
/// serves. Solvers then see J as a function of W alone, min_b J(W, b): what is left of it is far better conditioned.
/// </summary>
internal sealed class BiasSolver<T>(LinearProblem<T> problem)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Up to so many classes that have a part in each other the curvature is factored, K³/3 products; else its diagonal serves.</summary>
    private const int MostFactored = 1024;

    /// <summary>So many rows tell the curvature well enough for a step.</summary>
    private const int CurvatureRows = 8192;

    private readonly double[] gradient = new double[problem.Stride];
    private readonly double[] step = new double[problem.Stride];
    private double[]? diagonal;
    private Cholesky? factor;

    private bool IsFactored => problem.IsShiftInvariant && problem.Classes <= MostFactored;

    /// <summary>Moves the bias to its minimum and leaves the residuals there.</summary>
    /// <param name="z">X·W.</param>
    /// <param name="bias">Start and result.</param>
    /// <param name="r">∂loss/∂Z at the result.</param>
    /// <param name="tolerance">Stops where ‖∂loss/∂b‖ is not above.</param>
    /// <param name="steps">The most steps.</param>
    /// <returns>The loss.</returns>
    public double Solve(T[] z, double[] bias, T[] r, double tolerance, int steps)
    {
        double loss = problem.LossAndResidual(z, bias, r, gradient), norm = Norm(gradient);
        if (norm <= tolerance)
            return loss;

        if (diagonal is null)
            Renew(r, CurvatureRows);
        double[] before = new double[bias.Length];
        bool whole = false;
        for (int n = 0; n < steps && norm > tolerance; n++)
        {
            bias.CopyTo(before, 0);
            Step();
            double share = 1, lower = double.PositiveInfinity, lowerNorm = norm;
            for (int halvings = 0; halvings < 12; halvings++, share /= 4)
            {
                for (int k = 0; k < bias.Length; k++)
                    bias[k] = before[k] + share * step[k];
                lower = problem.LossAndResidual(z, bias, r, gradient);
                lowerNorm = Norm(gradient);
                if (lower < loss || lowerNorm < 0.9 * norm)
                    break;
            }

            if (!(lower < loss || lowerNorm < 0.9 * norm))
            {
                // Rounding, or a curvature of other rows, shows no way down.
                before.CopyTo(bias, 0);
                loss = problem.LossAndResidual(z, bias, r, gradient);
                if (whole)
                    return loss;
                Renew(r, problem.Rows);
                whole = true;
                continue;
            }

            if (lowerNorm > 0.2 * norm)
            {
                Renew(r, whole ? problem.Rows : CurvatureRows);
                whole |= n > 4;
            }

            (loss, norm) = (lower, lowerNorm);
        }

        return loss;
    }

    private void Renew(T[] r, int rows)
    {
        int stride = problem.Stride, classes = problem.Classes;
        if (!IsFactored)
        {
            diagonal = problem.CurvatureDiagonal(r, rows);
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
            lifted[k * classes + k] += Math.Max(1e-12 * trace, 1e-290);
        }

        factor = Cholesky.TryFactor(lifted, classes);
    }

    /// <summary>step = −H⁻¹·gradient, H perhaps its diagonal; a class without mass keeps its bias.</summary>
    private void Step()
    {
        for (int k = 0; k < problem.Classes; k++)
            step[k] = factor is not null ? -gradient[k] : diagonal![k] > 0 ? -gradient[k] / diagonal[k] : 0;
        factor?.Solve(step.AsSpan(0, problem.Classes));
        for (int k = 0; k < problem.Classes; k++)
            step[k] = diagonal![k] > 0 ? step[k] : 0;
    }

    private static double Norm(double[] x) => Math.Sqrt(Vectors.Dot<double>(x, x));
}
