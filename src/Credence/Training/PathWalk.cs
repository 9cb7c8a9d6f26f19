using Credence.Data;
using Credence.Features;
using Credence.Numerics;
using Credence.Training.Optimization;

namespace Credence.Training;

/// <summary>The folds of a path as they stand, and what has been tried.</summary>
internal sealed class PathWalk
{
    /// <summary>So many held-out rows tell the order of magnitude of the best penalty.</summary>
    private const int ProbeRows = 1000;

    /// <summary>From so many products of a value with a weight on, threads share each fold rather than take one each.</summary>
    private const long LargeFold = 1L << 29;

    private readonly FoldFit[] parts;
    private readonly Labels labels;
    private readonly double[]? weights;
    private readonly RegularizationPathOptions options;
    private readonly IProgress<TrainingProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly int probes;
    private readonly bool foldsOverThreads;
    private double[] scores;
    private int steps;

    public PathWalk(
        IFeatureMatrix features, Labels labels, int[] folds, double[]? weights, RegularizationPathOptions options,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        this.labels = labels;
        this.weights = weights;
        this.options = options;
        this.progress = progress;
        this.cancellation = cancellation;
        int count = folds.Max() + 1;
        long values = features is SparseMatrix sparse ? sparse.Values.Length : (long)features.Rows * features.Columns;
        foldsOverThreads = values * RowProducts.Stride(labels.Classes) < LargeFold;
        parts = new FoldFit[count];
        for (int fold = 0; fold < count; fold++)
            parts[fold] = new FoldFit(features, labels, folds, fold, weights);

        probes = Math.Clamp((int)((long)ProbeRows * count / features.Rows) + 1, 1, count);
        scores = new double[checked(labels.Count * labels.Classes)];
    }

    /// <summary>[W; b] of a fold where the path stands: near the optimum of all rows.</summary>
    public double[] Near => parts[0].Theta;

    /// <summary>What has been tried on all folds.</summary>
    public List<PathPoint> Tried { get; } = [];

    /// <summary>The best of these, with each row's scores by the model that did not see it.</summary>
    public (PathPoint Point, double[] Scores) Best { get; private set; } = (new PathPoint(0, double.PositiveInfinity, 0), []);

    /// <summary>The held-out log loss of a penalty on the folds that probe.</summary>
    public double Probe(double l2)
    {
        Fit(l2, probes);
        double loss = Measure(l2, parts.Take(probes).SelectMany(part => part.TestRows)).HeldOutLogLoss;
        Report(loss);
        return loss;
    }

    /// <summary>Tries a penalty on all folds.</summary>
    public void Try(double l2)
    {
        Fit(l2, parts.Length);
        PathPoint point = Measure(l2, Enumerable.Range(0, labels.Count));
        Tried.Add(point);
        if (point.HeldOutLogLoss < Best.Point.HeldOutLogLoss)
        {
            Best = (point, scores);
            scores = new double[scores.Length];
        }

        Report(point.HeldOutLogLoss);
    }

    private void Fit(double l2, int folds)
    {
        int outer = foldsOverThreads ? options.MaxThreads : 1, inner = foldsOverThreads ? 1 : options.MaxThreads;
        Chunks.For(folds, outer, fold => parts[fold].Fit(l2, options.FoldTolerance, scores, inner, cancellation), cancellation);
    }

    private void Report(double loss)
    {
        steps++;
        progress?.Report(new TrainingProgress(steps, double.NaN, null, loss, steps / (steps + 4.0)));
    }

    private PathPoint Measure(double l2, IEnumerable<int> rows)
    {
        double total = 0, sum = 0, squares = 0;
        int count = 0;
        foreach (int row in rows)
        {
            ReadOnlySpan<double> z = scores.AsSpan(row * labels.Classes, labels.Classes);
            double weight = weights?[row] ?? 1;
            double loss = LogSumExp.Compute(z) - z[labels[row]];
            total += weight;
            sum += weight * loss;
            squares += weight * loss * loss;
            count++;
        }

        double mean = sum / total;
        return new PathPoint(l2, mean, Math.Sqrt(Math.Max(0, (squares / total) - (mean * mean)) / count));
    }
}
