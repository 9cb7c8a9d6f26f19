namespace Credence.Training.Optimization;

/// <summary>
/// Newton steps, each found by preconditioned conjugate gradients to just the accuracy that pays, with a line search on the scores
/// (S. Nash, A survey of truncated-Newton methods, 2000; C.-J. Lin, R. Weng, S. Keerthi, Trust region Newton method for logistic regression, 2008).
/// </summary>
internal static class TruncatedNewton
{
    /// <summary>Minimises J from where <paramref name="state"/> stands.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="state">Start and result.</param>
    /// <param name="tolerance">Converged where the gap, or without a quadratic penalty its estimate, is at most this part of J.</param>
    /// <param name="limit">The most steps.</param>
    /// <param name="certified">Whether the gap must prove the end, the bias at its exact optimum; else what the last step promises is believed, which
    /// saves the passes of a proof.</param>
    /// <param name="report">Told the number of each step, J and the gap.</param>
    public static (StopReason Reason, int Iterations) Minimize(
        LinearProblem problem, SolverState state, double tolerance, int limit, bool certified, Action<int, double, double?>? report)
    {
        int threads = problem.Threads;
        double[] g = new double[problem.Length], s = new double[problem.Length], diagonal = new double[problem.Length];
        double[] z = new double[problem.ScoresLength];
        var solver = new ConjugateGradient(problem.Length, threads);
        double first = 0, estimate = double.PositiveInfinity, promised = double.PositiveInfinity;
        bool biasSolved = false;
        for (int iteration = 0; ; iteration++)
        {
            problem.Gradient(state.Theta, state.Residuals, g);
            double weightsSquare = Vectors.Dot(g, g, problem.WeightsLength, threads);
            double square = Vectors.Dot(g, g, problem.Length, threads);
            double? gap = problem.L2 > 0 ? weightsSquare / (2 * problem.L2) : null;
            report?.Invoke(iteration, state.Objective, gap);
            if ((certified ? gap ?? estimate : Math.Min(promised, gap + BiasGap() ?? promised)) <= tolerance * Math.Abs(state.Objective))
            {
                if (biasSolved || gap is null || !certified)
                    return (StopReason.Converged, iteration);

                // The gap is a bound only at the best bias.
                state.SolveBias();
                biasSolved = true;
                continue;
            }

            if (iteration >= limit)
                return (StopReason.IterationLimit, iteration);

            biasSolved = false;
            first = iteration == 0 ? Math.Sqrt(square) : first;
            double forcing = Math.Min(0.3, Math.Sqrt(Math.Sqrt(square) / Math.Max(first, double.Epsilon)));
            problem.HessianDiagonal(state.Residuals, z, diagonal);
            solver.Solve(g, (v, hv) => problem.HessianProduct(state.Residuals, v, z, hv), Precondition, s, forcing, 200);
            problem.Scores(s, z);
            estimate = -Vectors.Dot(g, s, problem.Length, threads) / 2;

            // What a step leaves: of its model what the forcing term allows, and beside its model about the square of its part of J.
            promised = estimate * Math.Max(forcing, estimate / Math.Abs(state.Objective));
            if (!state.Move(s, z, g))
                return (StopReason.NoProgress, iteration);
        }

        // Half a Newton decrement, with what the last step knew of the bias's curvature.
        double BiasGap()
        {
            double sum = 0;
            for (int i = problem.WeightsLength; i < problem.Length; i++)
                sum += diagonal[i] > 0 ? g[i] * g[i] / (2 * diagonal[i]) : g[i] == 0 ? 0 : double.PositiveInfinity;

            return sum;
        }

        void Precondition(double[] from, double[] to) => Vectors.ForPieces(problem.Length, threads, (start, count) =>
        {
            for (int i = start; i < start + count; i++)
                to[i] = diagonal[i] > 0 ? from[i] / diagonal[i] : 0;
        });
    }
}
