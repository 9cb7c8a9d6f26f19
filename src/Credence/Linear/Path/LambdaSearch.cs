using Credence.Features.Matrices;
using Credence.Linear.Solvers;
using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Linear.Path;

/// <summary>Tries penalties one after another on some of the folds, each fold's fit warm-started from the previous one.</summary>
internal sealed class LambdaSearch
{
    /// <summary>This many held-out rows are enough to choose a penalty.</summary>
    private const int EnoughRows = 2000;

    /// <summary>From this many products of a value with a weight on, threads share each fold instead of taking one each.</summary>
    private const long LargeFold = 1L << 30;

    private readonly FeatureChoice features;
    private readonly ITargets targets;
    private readonly int[] folds;
    private readonly double[]? weights;
    private readonly RegularizationPathOptions options;
    private readonly IProgress<TrainingProgress>? progress;
    private readonly CancellationToken cancellationToken;
    private readonly FoldFit[] probes;
    private readonly bool foldsAreSmall;
    private readonly double[] scores;
    private double scale;
    private int steps;

    /// <summary>Starts at 0, or where a search with other features of the same rows ended.</summary>
    public LambdaSearch(
        FeatureChoice features, ITargets targets, int[] folds, double[]? weights, RegularizationPathOptions options, LambdaSearch? before,
        IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        this.features = features;
        this.targets = targets;
        this.folds = folds;
        this.weights = weights;
        this.options = options;
        this.progress = progress;
        this.cancellationToken = cancellationToken;
        int count = folds.Max() + 1;
        All = new RowProducts(features.For(-1));
        long values = All.Features is SparseMatrix sparse ? sparse.Values.Length : (long)All.Features.Rows * All.Features.Columns;
        foldsAreSmall = values * targets.Columns.Stride < LargeFold;
        int probing = Math.Clamp((int)((long)EnoughRows * count / targets.Count) + 1, 1, count);
        probes = [.. Enumerable.Range(0, probing).Select(fold => Fold(fold, probing))];
        scores = new double[checked(targets.Count * targets.Classes)];
        scale = before?.scale ?? targets.Entropy;
        for (int fold = 0; before is not null && fold < probing; fold++)
        {
            LinearSolver<float> solver = before.probes[fold].Solver;
            if (solver.InRows)
                probes[fold].Solver.Start(solver.Place.AsSpan().ToArray(), solver.Bias, options.MaxThreads, cancellationToken);
        }
    }

    /// <summary>The features for a fit of all rows.</summary>
    public RowProducts All { get; }

    /// <summary>The penalties tried so far.</summary>
    public List<PathPoint> Tried { get; } = [];

    /// <summary>The best of them.</summary>
    public PathPoint Best => Tried.MinBy(point => point.HeldOutLogLoss);

    /// <summary>The strongest penalty whose loss is within a tolerance of the best.</summary>
    public PathPoint StrongestNear(double part) =>
        Tried.Where(point => point.HeldOutLogLoss * part <= Best.HeldOutLogLoss).MaxBy(point => point.Lambda);

    /// <summary>A fold's current fit, from which a fit of all rows may start.</summary>
    public LinearSolver<float> Near => probes[0].Solver;

    /// <summary>The held-out log loss of a penalty.</summary>
    public double Try(double l2)
    {
        if (Tried.FindIndex(point => point.Lambda == l2) is var known and >= 0)
            return Tried[known].HeldOutLogLoss;

        ForFolds(probes.Length, fold => probes[fold].Fit(l2, options.FoldTolerance * scale, false, scores, cancellationToken));
        PathPoint tried = Measure(l2, probes.SelectMany(probe => probe.HeldOut));
        if (double.IsNaN(tried.HeldOutLogLoss))
        {
            // A fit that came to nothing is never the best, and the next one doesn't start from it.
            tried = tried with { HeldOutLogLoss = double.PositiveInfinity };
            foreach (LinearSolver<float> solver in probes.Select(probe => probe.Solver).Where(solver => solver.Place.Any(float.IsNaN)))
                solver.Start(new float[solver.Place.Length], new double[solver.Bias.Length], options.MaxThreads, cancellationToken);
        }

        Tried.Add(tried);
        scale = Math.Min(scale, targets.Answers * tried.HeldOutLogLoss);
        Report(tried.HeldOutLogLoss);
        return tried.HeldOutLogLoss;
    }

    /// <summary>Out-of-fold scores of every row at a penalty, each fold's fit started from the fit of all rows.</summary>
    public (double[] Scores, PathPoint Point) HoldOut(double l2, LinearSolver<float> all)
    {
        var held = new double[scores.Length];
        int count = folds.Max() + 1;
        ForFolds(count, fold =>
        {
            FoldFit fit = Fold(fold, count);
            fit.StartFrom(all, cancellationToken);
            fit.Fit(l2, options.FoldTolerance / 5 * scale, true, held, cancellationToken);
        });
        held.CopyTo(scores, 0);
        PathPoint point = Measure(l2, Enumerable.Range(0, targets.Count));
        Report(point.HeldOutLogLoss);
        return (held, point);
    }

    // Folds with the same matrix share its prepared products.
    private FoldFit Fold(int fold, int count)
    {
        IFeatureMatrix matrix = features.For(fold);
        RowProducts x = ReferenceEquals(matrix, All.Features) ? All : new RowProducts(matrix);
        return new FoldFit(x, targets, folds, fold, weights, options.L1Ratio, fold < SideBySide(count) ? 1 : options.MaxThreads);
    }

    private void ForFolds(int count, Action<int> body)
    {
        int first = SideBySide(count);
        Chunks.For(first, options.MaxThreads, body, cancellationToken);
        for (int fold = first; fold < count; fold++)
            body(fold);
    }

    /// <summary>Fits full groups of folds with one thread each, so that no thread waits; the remaining folds use all threads, one after
    /// another.</summary>
    private int SideBySide(int count) => foldsAreSmall ? count - count % Chunks.Threads(options.MaxThreads) : 0;

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
            ReadOnlySpan<double> z = scores.AsSpan(row * targets.Classes, targets.Classes);
            double weight = weights?[row] ?? 1;
            double loss = targets.LossOf(row, z) / targets.Answers;
            total += weight;
            sum += weight * loss;
            squares += weight * loss * loss;
            count++;
        }

        double mean = sum / total;
        return new PathPoint(l2, mean, Math.Sqrt(Math.Max(0, (squares / total) - (mean * mean)) / count));
    }
}
