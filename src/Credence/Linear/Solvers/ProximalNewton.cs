using System.Numerics;
using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Linear.Solvers;

/// <summary>
/// Minimises loss + elastic net: a quadratic model of the loss, whose Hessian approximation is corrected by the latest steps
/// (quasi-Newton), is
/// minimised with the penalty by coordinate descent on a working set, followed by a line search on the scores (J. Lee, Y. Sun, M. Saunders,
/// Proximal Newton-type methods, 2014; K. Scheinberg, X. Tang, Practical inexact proximal quasi-Newton method, 2016). The bias is always
/// optimal.
/// </summary>
internal static class ProximalNewton
{
    /// <summary>The Hessian approximation is recomputed after this many steps, doubled each time.</summary>
    private const int FirstRenewal = 4;

    /// <summary>Minimises J from <paramref name="point"/>.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="coupling">Makes a Hessian approximation at the point.</param>
    /// <param name="renews">The number of steps after which the approximation is recomputed; 0 for intervals that double.</param>
    /// <param name="weights">W of the point; the start, on return the result.</param>
    /// <param name="point">The start; on return the result.</param>
    /// <param name="limit">The most steps.</param>
    /// <param name="arrived">Whether the point is close enough to the optimum.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Why it stopped, and after how many steps.</returns>
    public static (StopReason Reason, int Iterations) Minimize<T>(
        LinearProblem<T> problem, Func<IQuadraticModel> coupling, int renews, T[] weights, LineSearchState<T> point, int limit,
            Lbfgs.StopTest arrived,
        CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double noise = typeof(T) == typeof(float) ? 1e-6 : 1e-14, biasNoise = noise / 10;
        Penalty penalty = problem.Penalty;
        double[] w = LongVectors.Convert<T, double>(weights, problem.Threads);
        double[] gradient = [], d = new double[w.Length];
        var turned = new T[weights.Length];
        var moved = new T[problem.ScoresLength];
        var memory = new StepMemory(w.Length > 1 << 19 ? 5 : 10);
        IQuadraticModel? m = null;
        int renewal = 0, wait = renews > 0 ? renews : FirstRenewal;
        double[]? step = null;
        point.SolveBias(biasNoise, 50);
        try
        {
            for (int iteration = 0; ; iteration++)
            {
                if (problem.IsShiftInvariant)
                {
                    for (int from = 0; from < w.Length; from += problem.Stride)
                        penalty.Shift(w.AsSpan(from, problem.Classes));
                }

                double objective = point.Loss + penalty.Value(w);
                double[] previous = gradient;
                problem.MultiplyTransposed(point.Residuals, turned);
                gradient = LongVectors.Convert<T, double>(turned, problem.Threads);
                if (iteration == renewal)
                {
                    m = coupling();
                    memory.Clear();
                    renewal += wait;
                    wait *= renews > 0 ? 1 : 2;
                }
                else if (step is not null)
                {
                    LongVectors.Add(gradient, -1, previous, previous, problem.Threads);
                    memory.Learn(step, previous, m!, problem.Threads);
                }

                (double promised, double slope) = Direct();
                if (arrived(iteration, objective, DualityGap.Compute(problem, point, w, gradient, objective, promised), promised))
                    return (StopReason.Converged, iteration);
                if (iteration >= limit)
                    return (StopReason.IterationLimit, iteration);

                double share = Search(objective, slope);
                if (share == 0 && memory.Columns > 0)
                {
                    memory.Clear();
                    (_, slope) = Direct();
                    share = Search(objective, slope);
                }

                if (share == 0)
                    return (StopReason.NoProgress, iteration);

                // A full step gives exact zeros: −w + w.
                step = new double[w.Length];
                for (int i = 0; i < w.Length; i++)
                {
                    step[i] = share * d[i];
                    w[i] += step[i];
                }
            }
        }
        finally
        {
            LongVectors.Convert<double, T>(w, problem.Threads).CopyTo(weights, 0);
            problem.Multiply(weights, point.Scores);
        }

        (double Promised, double Slope) Direct()
        {
            var model = new ProximalModel(w, gradient, penalty, m!, memory, problem.Stride);
            model.Minimize(1e-3, 100, cancellationToken);
            return model.Direction(d);
        }

        // J(W + t·D) must satisfy the Armijo condition; t = 1 is tried first. 0 where J does not decrease.
        double Search(double objective, double slope)
        {
            if (!(slope < 0))
                return 0;

            LongVectors.Convert<double, T>(d, problem.Threads).CopyTo(turned, 0);
            problem.Multiply(turned, moved);
            double biasTolerance = Math.Max(biasNoise, 0.02 * Math.Sqrt(penalty.SubgradientSquare(w, gradient)));
            var there = new double[w.Length];
            slope += point.Look(moved);
            double t = 1;
            for (int trial = 0; trial < 30; trial++)
            {
                (double loss, _) = point.Try(t);
                LongVectors.Add(w, t, d, there, problem.Threads);
                double here = loss + penalty.Value(there);
                if (here <= objective + 1e-4 * t * slope + noise * Math.Abs(objective))
                {
                    point.Accept(biasTolerance);
                    return t;
                }

                // The parabola through value and slope at 0 and the value here.
                double least = double.IsFinite(here) ? -slope * t / (2 * ((here - objective) / t - slope)) : 0;
                t = Math.Clamp(least, 0.1 * t, 0.5 * t);
            }

            return 0;
        }
    }
}
