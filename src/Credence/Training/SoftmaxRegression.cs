using Credence.Data;
using Credence.Features;
using Credence.Training.Objectives;
using Credence.Training.Optimization;

namespace Credence.Training;

/// <summary>
/// Softmax regression (multinomial logistic regression): the weights W [features, classes] and bias b that minimise
/// J(W, b) = (1/Σw) Σ_i w_i·[ln Σ_k e^(z_ik) − z_i,label] + λ/2·‖W‖² with z_i = Wᵀx_i + b, and a certificate of how near the minimum they are.
/// </summary>
/// <remarks>
/// The bias is free, so classes without rows end at no finite one; a class that has none in these labels is left at the lowest score any row gives.
/// The fit runs in single precision until that has no more to give, and from there in double where the tolerance asks for it.
/// </remarks>
public sealed class SoftmaxRegression
{
    /// <summary>Below so many products a pass, double precision is as quick.</summary>
    private const long SmallFit = 1 << 20;

    /// <summary>Steps in single precision that may go by without a smaller gradient.</summary>
    private const int Patience = 12;

    private readonly SoftmaxRegressionOptions options;

    /// <summary>A learner with the given options.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SoftmaxRegression(SoftmaxRegressionOptions options)
    {
        options.Check();
        this.options = options;
    }

    /// <summary>Fits a model.</summary>
    /// <param name="features">[rows, columns], all finite.</param>
    /// <param name="labels">The class of each row, of at least two classes, none missing.</param>
    /// <param name="weights">A weight a row, at least 0, or null for 1 each.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops the fit within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The rows can't be learnt from; the message says why.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public SoftmaxModel Fit(
        IFeatureMatrix features, Labels labels, double[]? weights = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        TrainingRows.CheckFeatures(features);
        TrainingRows.CheckLabels(labels, features.Rows);
        double[] normalized = TrainingRows.NormalizedWeights(labels, weights, options.ClassWeights);
        var x = new RowProducts(features);
        LinearSolver<float> solver = new(x, new ScoreColumns(labels.Classes).Loss<float>(labels, normalized));
        if (options.WarmStart is { } warm)
            WarmStarts.Apply(warm, solver, features, labels, normalized, options.L2, options.MaxThreads, cancellation);
        return Finish(solver, x, labels, normalized, progress, cancellation);
    }

    /// <summary>Fits from where a solver stands.</summary>
    internal SoftmaxModel Finish(
        LinearSolver<float> solver, RowProducts x, Labels labels, double[] normalized, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var columns = new ScoreColumns(labels.Classes);
        IRowLoss<double> loss = columns.Loss<double>(labels, normalized);
        double l2 = columns.L2(options.L2), tolerance = options.Tolerance;
        int iterations = 0, passes = solver.Passes;
        StopReason reason = StopReason.NoProgress;
        bool small = (long)x.Features.Rows * x.Features.Columns * columns.Stride < SmallFit;
        double best = double.PositiveInfinity;
        int since = 0;
        if (!small)
        {
            (_, iterations) = solver.Minimize(l2, options.MaxIterations, Near, options.MaxThreads, cancellation);
            passes = solver.Passes;
            var rough = new LinearProblem<double>(x.In<double>(), loss, l2, options.MaxThreads, cancellation);
            SoftmaxModel model = SoftmaxModel.From(
                rough, columns, labels.Classes, Vectors.Convert<float, double>(solver.Weights(options.MaxThreads, cancellation), options.MaxThreads), solver.Bias,
                StopReason.Converged, iterations, passes, Solver(solver.InRows));
            if (model.Certificate.DualityGap is { } gap && gap <= tolerance * Math.Abs(model.Certificate.Objective))
                return model;
            passes += rough.Passes;
        }

        LinearSolver<double> exact = new(x, loss);
        exact.Start(Vectors.Convert<float, double>(solver.Place, options.MaxThreads), solver.Bias, options.MaxThreads, cancellation);
        (reason, int more) = exact.Minimize(l2, Math.Max(1, options.MaxIterations - iterations), Arrived, options.MaxThreads, cancellation);
        var problem = new LinearProblem<double>(x.In<double>(), loss, l2, options.MaxThreads, cancellation);
        double[] solved = exact.Weights(options.MaxThreads, cancellation);
        solver.Start(Vectors.Convert<double, float>(exact.Place, options.MaxThreads), exact.Bias, options.MaxThreads, cancellation);
        return SoftmaxModel.From(
            problem, columns, labels.Classes, solved, exact.Bias, reason, iterations + more, passes + exact.Passes, Solver(exact.InRows));

        bool Near(int iteration, double objective, double gradientSquare, double promised)
        {
            Report(iteration, objective, gradientSquare);
            since = gradientSquare < 0.8 * best ? 0 : since + 1;
            best = Math.Min(best, gradientSquare);
            return Gap(gradientSquare) is { } gap ? gap <= tolerance / 2 * Math.Abs(objective) || since > Patience : promised <= tolerance * 0.1 * Math.Abs(objective);
        }

        bool Arrived(int iteration, double objective, double gradientSquare, double promised)
        {
            Report(iterations + iteration, objective, gradientSquare);
            return Gap(gradientSquare) is { } gap ? gap <= tolerance * 0.9 * Math.Abs(objective) : iteration > 2 && promised <= tolerance * 0.01 * Math.Abs(objective);
        }

        double? Gap(double gradientSquare) => l2 > 0 ? gradientSquare / (2 * l2) : null;

        void Report(int iteration, double objective, double gradientSquare) =>
            progress?.Report(new TrainingProgress(solver.Passes + iteration, objective, Gap(gradientSquare), null, Math.Min(0.99, iteration / 60.0)));
    }

    private static (string Name, string Reason) Solver(bool inRows) => inRows
        ? ("L-BFGS over rows", "there are fewer rows than features: weights are held as sums of rows")
        : ("L-BFGS", "there are more rows than features: steps are measured by the features' own covariance");
}
