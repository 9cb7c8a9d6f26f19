using Credence.Data;
using Credence.Features;

namespace Credence.Training;

/// <summary>
/// Chooses the strength of the penalty by cross-validated log loss: from strong to weak, each fold's model started where the
/// stronger penalty's ended, and no further than the held-out loss still falls. Wide steps on a part of the folds find the neighbourhood first.
/// </summary>
public sealed class RegularizationPath
{
    /// <summary>The first λ as a part of the mean squared length of a row: strong for text and for standardised numbers alike.</summary>
    private const double FirstShare = 1e-3;

    /// <summary>Wide steps beyond the minimum before it is believed.</summary>
    private const int Patience = 2;

    private const int MostSteps = 24;
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
        var walk = new PathWalk(features, labels, folds, weights, options, progress, cancellation);
        if (options.Strengths is { } given)
        {
            foreach (double l2 in given.OrderDescending())
                walk.Try(l2);
        }
        else
        {
            Descend(walk, Probe(walk, FirstShare * MeanSquare(features)));
        }

        (PathPoint best, double[] scores) = walk.Best;
        SoftmaxModel model = new SoftmaxRegression(new() { L2 = best.L2, Tolerance = options.Tolerance, MaxThreads = options.MaxThreads })
            .Fit(features, labels, weights, _ => walk.Near, progress, cancellation);
        return new RegularizationPathResult(
            model, best.L2, new Logits(scores, labels.Classes), [.. walk.Tried.OrderByDescending(point => point.L2)]);
    }

    /// <summary>Where about the minimum is: a walk in wide steps, on some of the folds where there are rows enough in each.</summary>
    private double Probe(PathWalk walk, double first)
    {
        double wide = options.Step * options.Step, best = first, least = double.PositiveInfinity;
        int risen = 0;
        for (int step = 0; step < MostSteps && risen < Patience; step++)
        {
            double l2 = first / Power(wide, step), loss = walk.Probe(l2);
            risen = loss < least ? 0 : risen + 1;
            (best, least) = loss < least ? (l2, loss) : (best, least);
        }

        return best;
    }

    /// <summary>From one step above the minimum of the probes over it, and on to either side while the loss falls there.</summary>
    private void Descend(PathWalk walk, double near)
    {
        double high = near * options.Step, low = high;
        walk.Try(high);
        for (int step = 0; step < MostSteps && (step < 2 || walk.Best.Point.L2 == low); step++)
            walk.Try(low /= options.Step);
        for (int step = 0; step < MostSteps && walk.Best.Point.L2 == high; step++)
            walk.Try(high *= options.Step);
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
