using Credence.Data;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.Linear.Solvers;
using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Linear.Path;

/// <summary>
/// Chooses the strength of the penalty by held-out log loss: from strong to weak in wide steps, each fit warm-started from the stronger
/// penalty's, until
/// the loss has passed its minimum, then in narrow steps around it. The model of all rows starts from there, and the folds' from the model.
/// </summary>
public sealed class RegularizationPath
{
    /// <summary>The first λ as a fraction of the mean squared norm of a row: strong for both text and standardised numbers.</summary>
    private const double FirstShare = 1e-3;

    /// <summary>A loss this far above the lowest shows that the minimum has been passed; a smaller increase may be noise and needs two in a
    /// row.</summary>
    private const double ClearRise = 1.02;

    /// <summary>A loss within this factor of the lowest counts as equal: among equal penalties the strongest is the safest.</summary>
    private const double ClearFall = 0.9995;

    private const int MostSteps = 16;
    private const int MostIterations = 1000;
    private readonly RegularizationPathOptions options;

    /// <summary>A path with the given options.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public RegularizationPath(RegularizationPathOptions? options = null)
    {
        this.options = options ?? new RegularizationPathOptions();
        this.options.Check();
    }

    /// <summary>Fits the path.</summary>
    /// <param name="features">[rows, columns], all finite.</param>
    /// <param name="labels">The class of each row, none missing.</param>
    /// <param name="folds">The fold of each row, from 0; at least two.</param>
    /// <param name="weights">One weight per row, or null where all are 1.</param>
    /// <param name="progress">Receives the progress after every fit.</param>
    /// <param name="cancellationToken">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The rows are unsuitable for training; the message says why.</exception>
    public RegularizationPathResult<SoftmaxModel> Fit(
        IFeatureMatrix features, Labels labels, int[] folds, double[]? weights = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Fit([FeatureChoice.Of(features)], labels, folds, weights, progress, cancellationToken);

    /// <summary>Fits the path with the first of several feature sets, then tries the others near its optimum.</summary>
    /// <param name="choices">The feature sets, at least one, all of the same shape [rows, columns].</param>
    /// <param name="labels">The class of each row, none missing.</param>
    /// <param name="folds">The fold of each row, from 0; at least two.</param>
    /// <param name="weights">One weight per row, or null where all are 1.</param>
    /// <param name="progress">Receives the progress after every fit.</param>
    /// <param name="cancellationToken">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The rows are unsuitable for training; the message says why.</exception>
    public RegularizationPathResult<SoftmaxModel> Fit(
        IReadOnlyList<FeatureChoice> choices, Labels labels, int[] folds, double[]? weights = null,
            IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        RegularizationPathResult<LinearModel> path = Fit(choices, new ClassTargets(labels), folds, weights, progress, cancellationToken);
        return path.With(new SoftmaxModel(path.Model));
    }

    /// <summary>The same for multi-label rows; held-out losses are means over rows and classes.</summary>
    /// <param name="choices">The feature sets, at least one, all of the same shape [rows, columns].</param>
    /// <param name="labels">The classes of each row.</param>
    /// <param name="folds">The fold of each row, from 0; at least two.</param>
    /// <param name="weights">One weight per row, or null where all are 1.</param>
    /// <param name="progress">Receives the progress after every fit.</param>
    /// <param name="cancellationToken">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The rows are unsuitable for training; the message says why.</exception>
    public RegularizationPathResult<SigmoidModel> Fit(
        IReadOnlyList<FeatureChoice> choices, LabelSets labels, int[] folds, double[]? weights = null,
            IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        RegularizationPathResult<LinearModel> path = Fit(choices, new LabelSetTargets(labels), folds, weights, progress, cancellationToken);
        return path.With(new SigmoidModel(path.Model));
    }

    private RegularizationPathResult<LinearModel> Fit(
        IReadOnlyList<FeatureChoice> choices, ITargets targets, int[] folds, double[]? weights, IProgress<TrainingProgress>? progress,
            CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(choices.Count, nameof(choices));
        IFeatureMatrix features = choices[0].For(-1);
        if (folds.Length != features.Rows || folds.Length == 0 || folds.Min() < 0 || folds.Max() < 1)
            throw new ArgumentException($"'{nameof(folds)}' has {folds.Length} rows, needs {features.Rows} in at least two folds.",
                nameof(folds));

        TrainingRows.CheckFeatures(features);
        targets.Check(features.Rows);
        TrainingRows.CheckSize(features, targets);
        double[] normalized = TrainingRows.NormalizedWeights(targets.Count, weights);
        LambdaSearch walk = Start(choices[0], null);
        foreach (double given in (options.Strengths ?? []).OrderDescending())
            walk.Try(given);
        if (options.Strengths is null)
            Walk(walk, options.L1Ratio > 0
                ? LinearFit.LargestStrength(walk.All, targets, normalized, options.L1Ratio, options.MaxThreads, cancellationToken)
                : FirstShare * MeanSquare(features));

        int chosen = 0;
        var losses = new List<double> { walk.Best.HeldOutLogLoss };
        for (int other = 1; other < choices.Count; other++)
        {
            LambdaSearch next = Start(choices[other], walk);
            next.Try(walk.StrongestNear(ClearFall).Lambda);
            if (options.Strengths is null && next.Best.HeldOutLogLoss < walk.Best.HeldOutLogLoss)
                Around(next);
            losses.Add(next.Best.HeldOutLogLoss);
            if (next.Best.HeldOutLogLoss < walk.Best.HeldOutLogLoss)
                (walk, chosen) = (next, other);
        }

        double l2 = options.Strengths is null ? Between(walk) : walk.StrongestNear(ClearFall).Lambda;
        RowProducts x = walk.All;
        var all = new LinearSolver<float>(x, targets.Loss<float>(normalized), options.L1Ratio > 0);
        all.Start(walk.Near.Place, walk.Near.Bias, options.MaxThreads, cancellationToken);
        var fit = new LinearFit(new FitSettings(l2, options.L1Ratio, options.Tolerance, MostIterations, options.MaxThreads));
        LinearModel model = fit.Finish(all, x, targets, normalized, progress, cancellationToken);
        (double[] scores, _) = walk.HoldOut(l2, all);
        return new RegularizationPathResult<LinearModel>(
            model, l2, new Logits(scores, targets.Classes), [.. walk.Tried.OrderByDescending(point => point.Lambda)], chosen, losses);

        LambdaSearch Start(FeatureChoice choice, LambdaSearch? before) =>
            new(choice, targets, folds, weights, options, before, progress, cancellationToken);
    }

    private void Walk(LambdaSearch walk, double first)
    {
        double wide = options.Step * options.Step, least = double.PositiveInfinity;
        int best = 0, step = 0;
        for (int risen = 0; step < MostSteps && risen < 2; step++)
        {
            double loss = walk.Try(first / Power(wide, step));
            risen = loss < ClearFall * least ? 0 : loss > ClearRise * least ? 2 : risen + 1;
            (best, least) = loss < least ? (step, loss) : (best, least);
        }

        // The strongest was the best: a stronger one may be better.
        for (step = 1; best == 0 && step < MostSteps && walk.Try(first * Power(wide, step)) < least; step++)
            least = walk.Best.HeldOutLogLoss;

        Around(walk);
    }

    /// <summary>One narrow step to either side of the best.</summary>
    private void Around(LambdaSearch walk)
    {
        double middle = walk.StrongestNear(ClearFall).Lambda;
        walk.Try(middle / options.Step);
        walk.Try(middle * options.Step);
    }

    /// <summary>The minimum of the parabola, in ln λ, through the best penalty and its neighbours one narrow step away.</summary>
    private double Between(LambdaSearch walk)
    {
        PathPoint middle = walk.StrongestNear(ClearFall);
        double? stronger = Loss(middle.Lambda * options.Step), weaker = Loss(middle.Lambda / options.Step);
        double bend = (stronger - middle.HeldOutLogLoss + weaker - middle.HeldOutLogLoss) ?? 0;
        if (!(bend > 0))
            return middle.Lambda;

        // In steps towards the stronger penalty; beyond half a step a neighbour would be the best.
        double at = Math.Clamp((weaker!.Value - stronger!.Value) / (2 * bend), -0.5, 0.5);
        return middle.Lambda * Exp.Compute(at * Log.Compute(options.Step));

        double? Loss(double l2) =>
            walk.Tried.Where(point => Math.Abs(point.Lambda / l2 - 1) < 1e-6).Select(point => (double?)point.HeldOutLogLoss)
            .FirstOrDefault();
    }

    private static double Power(double factor, int step)
    {
        double power = 1;
        for (int i = 0; i < step; i++)
            power *= factor;

        return power;
    }

    private static double MeanSquare(IFeatureMatrix features)
    {
        ReadOnlySpan<float> values = features is SparseMatrix sparse ? sparse.Values : ((DenseMatrix)features).Values;
        double sum = 0;
        foreach (float value in values)
            sum += (double)value * value;

        return sum > 0 ? sum / features.Rows : 1;
    }
}
