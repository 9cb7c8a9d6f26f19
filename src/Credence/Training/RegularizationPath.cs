using Credence.Data;
using Credence.Features;
using Credence.Numerics;

namespace Credence.Training;

/// <summary>
/// Chooses the strength of the penalty by cross-validated log loss: from strong to weak, each fold's model started where the
/// stronger penalty's ended, and no further than the held-out loss still falls.
/// </summary>
public sealed class RegularizationPath
{
    /// <summary>The first λ as a part of the mean squared length of a row: strong for text and for standardised numbers alike.</summary>
    private const double FirstShare = 1e-3;

    /// <summary>Steps beyond the minimum before it is believed.</summary>
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

        var walk = new Walk(features, labels, folds, weights, options, cancellation);
        foreach (double l2 in options.Strengths?.OrderDescending() ?? Strengths(walk, FirstShare * MeanSquare(features)))
        {
            PathPoint point = walk.Try(l2);
            progress?.Report(new TrainingProgress(walk.Tried.Count, double.NaN, null, point.HeldOutLogLoss, walk.Tried.Count / (walk.Tried.Count + 3.0)));
        }

        (PathPoint best, double[] scores) = walk.Best;
        SoftmaxModel model = new SoftmaxRegression(new() { L2 = best.L2, Tolerance = options.Tolerance, MaxThreads = options.MaxThreads })
            .Fit(features, labels, weights, progress, cancellation);
        return new RegularizationPathResult(
            model, best.L2, new Logits(scores, labels.Classes), [.. walk.Tried.OrderByDescending(point => point.L2)]);
    }

    /// <summary>From the first λ down while the loss falls; and where the first was the best, up while it falls.</summary>
    private IEnumerable<double> Strengths(Walk walk, double first)
    {
        for (int step = 0; step < MostSteps && !walk.HasRisen(Patience); step++)
            yield return first / Power(step);

        for (int step = 1; step < MostSteps && walk.Best.Point.L2 >= first * Power(step - 1) * 0.99; step++)
            yield return first * Power(step);
    }

    private double Power(int step)
    {
        double power = 1;
        for (int i = 0; i < step; i++)
            power *= options.Step;

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

    /// <summary>The folds' models as they stand, and what has been tried.</summary>
    private sealed class Walk
    {
        private readonly (IFeatureMatrix Train, Labels TrainLabels, double[]? TrainWeights, IFeatureMatrix Test, int[] TestRows)[] parts;
        private readonly SoftmaxModel?[] models;
        private readonly Labels labels;
        private readonly double[]? weights;
        private readonly RegularizationPathOptions options;
        private readonly CancellationToken cancellation;

        public Walk(IFeatureMatrix features, Labels labels, int[] folds, double[]? weights, RegularizationPathOptions options, CancellationToken cancellation)
        {
            this.labels = labels;
            this.weights = weights;
            this.options = options;
            this.cancellation = cancellation;
            int count = folds.Max() + 1;
            models = new SoftmaxModel?[count];
            parts = [.. Enumerable.Range(0, count).Select(fold =>
            {
                int[] train = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] != fold)];
                int[] test = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == fold)];
                return (features.Select(train), labels.Select(train), weights is null ? null : train.Select(row => weights[row]).ToArray(), features.Select(test), test);
            })];
        }

        public List<PathPoint> Tried { get; } = [];

        public (PathPoint Point, double[] Scores) Best { get; private set; } = (new PathPoint(0, double.PositiveInfinity, 0), []);

        public bool HasRisen(int patience) => Tried.Count > patience && Tried.TakeLast(patience).All(point => point.HeldOutLogLoss > Best.Point.HeldOutLogLoss);

        public PathPoint Try(double l2)
        {
            var scores = new double[labels.Count * labels.Classes];
            for (int fold = 0; fold < parts.Length; fold++)
            {
                (IFeatureMatrix train, Labels trainLabels, double[]? trainWeights, IFeatureMatrix test, int[] rows) = parts[fold];
                models[fold] = new SoftmaxRegression(new() { L2 = l2, Tolerance = options.FoldTolerance, MaxThreads = options.MaxThreads, WarmStart = models[fold] })
                    .Fit(train, trainLabels, trainWeights, null, cancellation);
                Logits logits = models[fold]!.Score(test, options.MaxThreads, cancellation);
                for (int i = 0; i < rows.Length; i++)
                    logits.Row(i).CopyTo(scores.AsSpan(rows[i] * labels.Classes));
            }

            PathPoint point = Measure(l2, scores);
            Tried.Add(point);
            if (point.HeldOutLogLoss < Best.Point.HeldOutLogLoss)
                Best = (point, scores);

            return point;
        }

        private PathPoint Measure(double l2, double[] scores)
        {
            double total = 0, sum = 0, squares = 0;
            for (int row = 0; row < labels.Count; row++)
            {
                ReadOnlySpan<double> z = scores.AsSpan(row * labels.Classes, labels.Classes);
                double weight = weights?[row] ?? 1;
                double loss = LogSumExp.Compute(z) - z[labels[row]];
                total += weight;
                sum += weight * loss;
                squares += weight * loss * loss;
            }

            double mean = sum / total;
            return new PathPoint(l2, mean, Math.Sqrt(Math.Max(0, (squares / total) - (mean * mean)) / labels.Count));
        }
    }
}
