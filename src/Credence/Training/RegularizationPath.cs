using Credence.Data;
using Credence.Features;
using Credence.Training.Optimization;

namespace Credence.Training;

/// <summary>
/// Chooses the strength of the penalty by held-out log loss: from strong to weak in wide steps, each fit started where the stronger penalty's ended, until
/// the loss has passed its minimum, then in narrow steps around it. The model of all rows starts from there, and the folds' from the model.
/// </summary>
public sealed class RegularizationPath
{
    /// <summary>The first λ as a part of the mean squared length of a row: strong for text and for standardised numbers alike.</summary>
    private const double FirstShare = 1e-3;

    /// <summary>A loss so much above the least shows that the minimum has been passed; less may be noise, and takes two.</summary>
    private const double ClearRise = 1.02;

    /// <summary>A loss above this part of the least is no better: of penalties that give the same the strongest is the safest.</summary>
    private const double ClearFall = 0.9995;

    private const int MostSteps = 16;
    private readonly RegularizationPathOptions options;

    /// <summary>A path with the given options.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public RegularizationPath(RegularizationPathOptions? options = null)
    {
        this.options = options ?? new RegularizationPathOptions();
        this.options.Check();
    }

    /// <summary>Walks the path.</summary>
    /// <param name="features">[rows, columns], all finite.</param>
    /// <param name="labels">The class of each row, none missing.</param>
    /// <param name="folds">The fold of each row, from 0; at least two.</param>
    /// <param name="weights">A weight a row, or null for 1 each.</param>
    /// <param name="progress">Told after every fit.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The rows can't be learnt from; the message says why.</exception>
    public RegularizationPathResult Fit(
        IFeatureMatrix features, Labels labels, int[] folds, double[]? weights = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (folds.Length != features.Rows || folds.Length == 0 || folds.Min() < 0 || folds.Max() < 1)
            throw new ArgumentException($"'{nameof(folds)}' has {folds.Length} rows, needs {features.Rows} in at least two folds.", nameof(folds));

        TrainingRows.CheckFeatures(features);
        TrainingRows.CheckLabels(labels, features.Rows);
        var x = new RowProducts(features);
        var walk = new PathWalk(x, labels, folds, weights, options, progress, cancellation);
        foreach (double given in (options.Strengths ?? []).OrderDescending())
            walk.Try(given);
        if (options.Strengths is null)
            Walk(walk, FirstShare * MeanSquare(features));

        double l2 = walk.StrongestNear(ClearFall).L2;
        double[] normalized = TrainingRows.NormalizedWeights(labels, weights, null);
        var all = new LinearSolver<float>(x, new ScoreColumns(labels.Classes).Loss<float>(labels, normalized));
        all.Start(walk.Near.Place, walk.Near.Bias, options.MaxThreads, cancellation);
        var regression = new SoftmaxRegression(new() { L2 = l2, Tolerance = options.Tolerance, MaxThreads = options.MaxThreads });
        SoftmaxModel model = regression.Finish(all, x, labels, normalized, progress, cancellation);
        (double[] scores, _) = walk.HoldOut(l2, all);
        return new RegularizationPathResult(
            model, l2, new Logits(scores, labels.Classes), [.. walk.Tried.OrderByDescending(point => point.L2)]);
    }

    private void Walk(PathWalk walk, double first)
    {
        double wide = options.Step * options.Step, least = double.PositiveInfinity;
        int best = 0, step = 0;
        for (int risen = 0; step < MostSteps && risen < 2; step++)
        {
            double loss = walk.Try(first / Power(wide, step));
            risen = loss < ClearFall * least ? 0 : loss > ClearRise * least ? 2 : risen + 1;
            (best, least) = loss < least ? (step, loss) : (best, least);
        }

        // The strongest was the best: stronger ones may be better still.
        for (step = 1; best == 0 && step < MostSteps && walk.Try(first * Power(wide, step)) < least; step++)
            least = walk.Best.HeldOutLogLoss;

        double middle = walk.StrongestNear(ClearFall).L2;
        walk.Try(middle / options.Step);
        walk.Try(middle * options.Step);
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
