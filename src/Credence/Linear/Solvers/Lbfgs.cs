using System.Numerics;
using Credence.Optimization;

namespace Credence.Linear.Solvers;

/// <summary>
/// L-BFGS (D. Liu, J. Nocedal, 1989) on W with the bias always optimal and a line search on the scores: a step costs one product with X,
/// one with
/// Xᵀ, and K numbers per row for each trial.
/// </summary>
internal static class Lbfgs
{
    /// <summary>Called at each point with the number of steps so far, J, the duality gap (+∞ where unknown), and the predicted
    /// decrease.</summary>
    public delegate bool StopTest(int iteration, double objective, double gap, double promised);

    /// <summary>Minimises J from <paramref name="point"/>.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="space">W, at the same place as the point.</param>
    /// <param name="point">The start; on return the result.</param>
    /// <param name="limit">The most steps.</param>
    /// <param name="arrived">Whether the point is close enough to the optimum.</param>
    /// <returns>Why it stopped, and after how many steps.</returns>
    public static (StopReason Reason, int Iterations) Minimize<T>(
        LinearProblem<T> problem, ISearchSpace<T> space, LineSearchState<T> point, int limit, StopTest arrived)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Below this a difference of J is rounding error; then only its slope, which is more precise, decides.
        double noise = typeof(T) == typeof(float) ? 1e-6 : 1e-14;
        double biasNoise = typeof(T) == typeof(float) ? 1e-7 : 1e-15;
        var memory = new LbfgsHistory(space.Memory);
        point.SolveBias(biasNoise, 50);
        for (int iteration = 0; ; iteration++)
        {
            double objective = point.Loss + problem.L2 / 2 * space.WeightSquare;
            double gradientSquare = space.Gradient(point.Residuals);
            memory.Learn(space);
            (double slope, double cross, double square) = Direct();
            if (!(slope < 0) && !memory.IsEmpty)
            {
                memory.Clear();
                (slope, cross, square) = Direct();
            }

            double gap = problem.L2 > 0 ? gradientSquare / (2 * problem.L2) : double.PositiveInfinity;
            if (arrived(iteration, objective, gap, -slope / 2))
                return (StopReason.Converged, iteration);
            if (iteration >= limit)
                return (StopReason.IterationLimit, iteration);
            if (!(slope < 0))
                return (StopReason.NoProgress, iteration);

            while (Search(objective, slope, problem.L2 * cross, problem.L2 * square, Math.Max(biasNoise, 0.02 * Math.Sqrt(gradientSquare)))
                is var step)
            {
                if (step > 0)
                {
                    memory.Step(space, step);
                    break;
                }

                if (memory.IsEmpty)
                    return (StopReason.NoProgress, iteration);

                // A history without a descent direction is cleared.
                memory.Clear();
                (slope, cross, square) = Direct();
            }
        }

        (double Slope, double Cross, double Square) Direct()
        {
            memory.Direct();
            return space.Direct(memory.Places, memory.OnSteps, memory.OnChanges, memory.OnGradient);
        }

        // The step along the direction that satisfies the strong Wolfe conditions with 1e-4 and 0.9; 0 where J does not decrease.
        double Search(double objective, double slope, double cross, double square, double biasTolerance)
        {
            const int Trials = 30;
            double penalty = objective - point.Loss, most = objective + noise * Math.Abs(objective);
            slope += point.Look(space.Moved);
            double low = 0, lowSlope = slope, high = double.PositiveInfinity, highSlope = 0;

            // Without a history, the curvature along the direction gives the step length.
            double step = memory.IsEmpty ? -slope / (problem.CurvatureAlong(point.Residuals, space.Moved) + square) : 1;
            for (int trial = 0; trial < Trials; trial++)
            {
                (double loss, double lossSlope) = point.Try(step);
                double here = loss + penalty + step * cross + step * step / 2 * square, slopeHere = lossSlope + cross + step * square;
                if (!double.IsFinite(here) || here > most + 1e-4 * step * slope)
                {
                    (high, highSlope) = (step, slopeHere > 0 && double.IsFinite(slopeHere) ? slopeHere : -lowSlope);
                }
                else if (Math.Abs(slopeHere) <= -0.9 * slope)
                {
                    point.Accept(biasTolerance);
                    return step;
                }
                else if (slopeHere > 0)
                {
                    (high, highSlope) = (step, slopeHere);
                }
                else
                {
                    (low, lowSlope) = (step, slopeHere);
                }

                // J is convex along the line: its slope increases, and the secant between two slopes finds the zero, kept away from both
                // ends.
                step = double.IsPositiveInfinity(high) ? step * 3
                    : low + (high - low) * Math.Clamp(-lowSlope / (highSlope - lowSlope), 0.1, 0.9);
            }

            return 0;
        }
    }
}
