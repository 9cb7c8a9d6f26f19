using Credence.Data;
using Credence.Features;
using Credence.Training.Optimization;

namespace Credence.Training;

/// <summary>
/// Softmax regression (multinomial logistic regression): the weights W [features, classes] and bias b that minimise
/// J(W, b) = (1/Σw) Σ_i w_i·[ln Σ_k e^(z_ik) − z_i,label] + λ/2·‖W‖² with z_i = Wᵀx_i + b, and a certificate of how near the minimum they are.
/// </summary>
/// <remarks>The bias is free, so classes without rows end at no finite one; a class that has none in these labels is left at the lowest
/// score any row gives.</remarks>
public sealed class SoftmaxRegression
{
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
        CancellationToken cancellation = default) =>
        Fit(features, labels, weights, problem => SoftmaxModel.Start(options.WarmStart, features.Columns, labels.Classes, problem), progress, cancellation);

    /// <summary>Fits a model from [W; b] in the solver's layout.</summary>
    internal SoftmaxModel Fit(
        IFeatureMatrix features, Labels labels, double[]? weights, Func<LinearProblem, double[]> start, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        TrainingRows.CheckFeatures(features);
        TrainingRows.CheckLabels(labels, features.Rows);
        double[] normalized = TrainingRows.NormalizedWeights(labels, weights, options.ClassWeights);
        var columns = new ScoreColumns(labels.Classes);
        LinearProblem problem = columns.Problem(
            RowProducts.Of(features), columns.Loss(labels, normalized), options.L2, options.MaxThreads, cancellation);
        var state = new SolverState(problem, start(problem));
        (StopReason reason, int iterations) = TruncatedNewton.Minimize(problem, state, options.Tolerance, options.MaxIterations, certified: true, Report);
        return SoftmaxModel.From(problem, columns, labels.Classes, state, reason, iterations);

        void Report(int iteration, double objective, double? gap) =>
            progress?.Report(new TrainingProgress(problem.Passes, objective, gap, null, Math.Min(0.99, iteration / 20.0)));
    }
}
