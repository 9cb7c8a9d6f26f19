using Credence.Linear.Solvers;

namespace Credence.Linear.Path;

/// <summary>A fold's model. Held-out rows stay in the matrix with weight 0, so that folds share one matrix and held-out scores cost nothing
/// extra.</summary>
internal sealed class FoldFit
{
    private const int MostIterations = 300;

    private readonly ScoreColumns columns;
    private readonly int classes;
    private readonly double l1Ratio;
    private readonly int maxThreads;

    public FoldFit(RowProducts x, ITargets targets, int[] folds, int fold, double[]? weights, double l1Ratio, int maxThreads)
    {
        this.l1Ratio = l1Ratio;
        this.maxThreads = maxThreads;
        HeldOut = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == fold)];
        int[] rows = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] != fold)];
        targets.CheckFold(rows);
        var inside = new double[folds.Length];
        foreach (int row in rows)
            inside[row] = weights?[row] ?? 1;
        Share = inside.Sum() / (weights?.Sum() ?? folds.Length);
        classes = targets.Classes;
        columns = targets.Columns;
        Solver = new LinearSolver<float>(x, targets.Loss<float>(TrainingRows.NormalizedWeights(folds.Length, inside)), l1Ratio > 0);
    }

    /// <summary>The held-out rows.</summary>
    public int[] HeldOut { get; }

    /// <summary>The training rows' share of the total weight.</summary>
    public double Share { get; }

    /// <summary>The fold's solver.</summary>
    public LinearSolver<float> Solver { get; }

    /// <summary>
    /// Starts from a fit of all rows, without the influence of the held-out rows: where weights are a sum of rows, these are removed from
    /// it (the
    /// others' factors are their residuals over λ·n, as at the fold's own optimum); otherwise the fit continues until their influence is
    /// negligible.
    /// </summary>
    public void StartFrom(LinearSolver<float> all, CancellationToken cancellationToken)
    {
        float[] place = all.Place.AsSpan().ToArray();
        if (all.InRows)
        {
            int stride = columns.Stride;
            foreach (int row in HeldOut)
                place.AsSpan(row * stride, stride).Clear();
        }

        Solver.Start(place, all.Bias, maxThreads, cancellationToken);
    }

    /// <summary>Fits at a penalty, and writes the scores of the held-out rows into their places of <paramref name="scores"/>, [rows,
    /// classes].</summary>
    /// <param name="l2">λ for a fit of all rows; the fold's is larger in proportion to its fewer rows, so that a row has the same weight
    /// relative to the penalty.</param>
    /// <param name="near">The remaining decrease of J to stop at, or, with <paramref name="ofAll"/>, its fraction of the decrease since the
    /// start.</param>
    /// <param name="ofAll">Whether the starting point was fitted on the held-out rows too.</param>
    /// <param name="scores">The held-out rows' scores.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    public void Fit(double l2, double near, bool ofAll, double[] scores, CancellationToken cancellationToken)
    {
        double start = double.NaN;
        Solver.Minimize(columns.Penalty(l2 / Share, l1Ratio), MostIterations, Arrived, maxThreads, cancellationToken);
        int stride = columns.Stride;
        Span<double> packed = stackalloc double[Math.Min(stride, 512)];
        if (stride > packed.Length)
            packed = new double[stride];
        foreach (int row in HeldOut)
        {
            for (int k = 0; k < stride; k++)
                packed[k] = Solver.Scores[row * stride + k] + Solver.Bias[k];
            columns.Unpack<double>(packed, scores.AsSpan(row * classes, classes));
        }

        bool Arrived(int iteration, double objective, double gap, double promised)
        {
            start = iteration == 0 ? objective : start;
            return iteration >= 3 && promised <= (ofAll && !Solver.InRows ? Math.Min(near, 0.01 * (start - objective)) : near);
        }
    }
}
