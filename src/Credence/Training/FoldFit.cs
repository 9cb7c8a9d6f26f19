using Credence.Data;
using Credence.Features;
using Credence.Training.Objectives;
using Credence.Training.Optimization;

namespace Credence.Training;

/// <summary>A fold's model on its way along a path: it starts where the penalty before ended, and never from what saw its held-out rows.</summary>
internal sealed class FoldFit
{
    private const int MostIterations = 100;

    private readonly IRowProducts train;
    private readonly IRowProducts test;
    private readonly IRowLoss loss;
    private readonly ScoreColumns columns;
    private readonly int classes;
    private double[] theta;

    public FoldFit(IFeatureMatrix features, Labels labels, int[] folds, int fold, double[]? weights)
    {
        int[] rows = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] != fold)];
        TestRows = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == fold)];
        Labels trainLabels = labels.Select(rows);
        TrainingRows.CheckLabels(trainLabels, rows.Length);
        double[] normalized = TrainingRows.NormalizedWeights(trainLabels, weights is null ? null : [.. rows.Select(row => weights[row])], null);
        classes = labels.Classes;
        columns = new ScoreColumns(classes);
        loss = columns.Loss(trainLabels, normalized);
        train = RowProducts.Of(features.Select(rows));
        test = RowProducts.Of(features.Select(TestRows));
        theta = new double[checked((features.Columns + 1) * columns.Stride)];
    }

    /// <summary>[W; b] where the path stands.</summary>
    public double[] Theta => theta;

    /// <summary>The rows held out.</summary>
    public int[] TestRows { get; }

    /// <summary>Fits at a penalty, and writes the scores of the held-out rows into their places of <paramref name="scores"/>, [rows, classes].</summary>
    public void Fit(double l2, double tolerance, double[] scores, int threads, CancellationToken cancellation)
    {
        LinearProblem problem = columns.Problem(train, loss, l2, threads, cancellation);
        var state = new SolverState(problem, theta);
        TruncatedNewton.Minimize(problem, state, tolerance, MostIterations, certified: false, null);
        theta = state.Theta;
        var held = new double[test.Rows * problem.Stride];
        test.Multiply(theta, held, problem.Stride, threads, cancellation);
        for (int i = 0; i < TestRows.Length; i++)
            columns.Unpack(held.AsSpan(i * problem.Stride, problem.Stride), scores.AsSpan(TestRows[i] * classes, classes));
    }
}
