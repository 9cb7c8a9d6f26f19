using Credence.Features.Matrices;
using Credence.Linear.Solvers;
using Credence.Losses;
using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Linear;

/// <summary>
/// Fits W and b of a linear model for any targets: in single precision until it stalls, then in double where the tolerance requires it.
/// </summary>
internal sealed class LinearFit(FitSettings settings)
{
    /// <summary>Below this many products per pass, double precision is as fast.</summary>
    private const long SmallFit = 1 << 20;

    /// <summary>The number of single-precision steps allowed without a smaller gradient.</summary>
    private const int Patience = 25;

    /// <summary>Fits from 0, or from another fit.</summary>
    /// <param name="features">[rows, columns], all finite.</param>
    /// <param name="targets">The targets of the scores.</param>
    /// <param name="normalized">One weight per row, summing to one.</param>
    /// <param name="warm">Where to start, or null.</param>
    /// <param name="progress">Receives the progress after every step.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    public LinearModel Fit(
        IFeatureMatrix features, ITargets targets, double[] normalized, LinearModel? warm, IProgress<TrainingProgress>? progress,
            CancellationToken cancellationToken)
    {
        var x = new RowProducts(features);
        LinearSolver<float> solver = new(x, targets.Loss<float>(normalized), settings.Selects);
        if (warm is not null)
            WarmStarts.Apply(warm, solver, features, targets, normalized, settings.Strength, settings.MaxThreads, cancellationToken);
        return Finish(solver, x, targets, normalized, progress, cancellationToken);
    }

    /// <summary>Continues from a solver's state.</summary>
    public LinearModel Finish(
        LinearSolver<float> solver, RowProducts x, ITargets targets, double[] normalized, IProgress<TrainingProgress>? progress,
            CancellationToken cancellationToken)
    {
        ScoreColumns columns = targets.Columns;
        IRowLoss<double> loss = targets.Loss<double>(normalized);
        Penalty penalty = columns.Penalty(settings.Strength, settings.L1Ratio);
        double tolerance = settings.Tolerance;

        // Without a penalty, a loss of every row below ln 2 means that W separates the classes: 2W is better, and there is no finite
        // optimum.
        double separated = penalty.IsNone ? Log.Compute(2) * normalized.Where(weight => weight > 0).Min() : 0;
        int iterations = 0, passes = solver.Passes;
        StopReason reason = StopReason.NoProgress;
        bool small = (long)x.Features.Rows * x.Features.Columns * columns.Stride < SmallFit;
        double best = double.PositiveInfinity;
        int since = 0;
        if (!small)
        {
            (_, iterations) = solver.Minimize(penalty, settings.MaxIterations, Near, settings.MaxThreads, cancellationToken);
            passes = solver.Passes;
            var rough = new LinearProblem<double>(x.In<double>(), loss, penalty.L2, settings.MaxThreads, cancellationToken, penalty.L1);
            LinearModel model = LinearModel.From(
                rough, columns, targets.Classes,
                LongVectors.Convert<float, double>(solver.Weights(settings.MaxThreads, cancellationToken), settings.MaxThreads),
                    solver.Bias,
                StopReason.Converged, iterations, passes, Solver(solver.InRows, solver.Joint, penalty), separated);
            if (model.Certificate.DualityGap is { } gap ? gap <= tolerance * Math.Abs(model.Certificate.Objective)
                : model.Certificate.StopReason == StopReason.Separable)
                return model;
            passes += rough.Passes;
        }

        LinearSolver<double> exact = new(x, loss, settings.Selects);
        exact.Start(LongVectors.Convert<float, double>(solver.Place, settings.MaxThreads), solver.Bias, settings.MaxThreads,
            cancellationToken);
        (reason, int more) =
            exact.Minimize(penalty, Math.Max(1, settings.MaxIterations - iterations), Arrived, settings.MaxThreads, cancellationToken);
        var problem = new LinearProblem<double>(x.In<double>(), loss, penalty.L2, settings.MaxThreads, cancellationToken, penalty.L1);
        double[] solved = exact.Weights(settings.MaxThreads, cancellationToken);
        solver.Start(LongVectors.Convert<double, float>(exact.Place, settings.MaxThreads), exact.Bias, settings.MaxThreads,
            cancellationToken);
        return LinearModel.From(
            problem, columns, targets.Classes, solved, exact.Bias, reason, iterations + more,
                passes + exact.Passes, Solver(exact.InRows, exact.Joint, penalty), separated);

        bool Near(int iteration, double objective, double gap, double promised)
        {
            Report(iteration, objective, gap);
            since = gap < 0.8 * best || double.IsPositiveInfinity(gap) ? 0 : since + 1;
            best = Math.Min(best, gap);
            return penalty.IsNone ? objective < separated || promised <= tolerance * 0.1 * Math.Abs(objective)
                : gap <= tolerance / 2 * Math.Abs(objective) || since > Patience;
        }

        // Well below the tolerance: the final weights are floats, and their rounding adds to the gap.
        bool Arrived(int iteration, double objective, double gap, double promised)
        {
            Report(iterations + iteration, objective, gap);
            return penalty.IsNone ? objective < separated || (iteration > 2 && promised <= tolerance * 0.01 * Math.Abs(objective))
                : gap <= tolerance / 10 * Math.Abs(objective);
        }

        void Report(int iteration, double objective, double gap) => progress?.Report(
            new TrainingProgress(solver.Passes + iteration, objective, double.IsFinite(gap) ? gap
                : null, null, Math.Min(0.99, iteration / 60.0)));
    }

    /// <summary>The smallest λ at which all weights are 0: the largest element of |Xᵀ∂loss/∂z| over ρ, at the optimal bias and W =
    /// 0.</summary>
    public static double LargestStrength(
        RowProducts x, ITargets targets, double[] normalized, double l1Ratio, int maxThreads, CancellationToken cancellationToken)
    {
        var problem = new LinearProblem<double>(x.In<double>(), targets.Loss<double>(normalized), 0, maxThreads, cancellationToken);
        var point = new LineSearchState<double>(problem, new double[problem.ScoresLength], new double[problem.Stride]);
        point.SolveBias(1e-15, 100);
        var gradient = new double[problem.WeightsLength];
        problem.MultiplyTransposed(point.Residuals, gradient);
        return gradient.Max(Math.Abs) / l1Ratio;
    }

    private static (string Name, string Reason) Solver(bool inRows, bool joint, Penalty penalty) => penalty.L1 > 0
        ? ("proximal Newton", "an L1 penalty: coordinate descent on a working set of weights, the others exactly 0")
        : inRows
        ? ("L-BFGS over rows", "there are fewer rows than features: weights are held as sums of rows")
        : joint
        ? ("L-BFGS", "there are few weights: steps are measured by the curvature in all of them together")
        : ("L-BFGS", "there are more rows than features: steps are measured by the features' own covariance");
}
