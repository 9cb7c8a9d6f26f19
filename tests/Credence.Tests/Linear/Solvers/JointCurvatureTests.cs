using Credence.Data;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Linear.Solvers;
using Credence.Losses;
using Credence.Numerics;
using Credence.Optimization;
using Credence.Tests.Support;

namespace Credence.Tests.Linear.Solvers;

/// <summary>The curvature in all weights together: its definition, and what it is there for.</summary>
public class JointCurvatureTests
{
    [Theory]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(1, false)]
    public void Curvature_IsTheMeanOfTheHessianAndTheSquaredGradients(int classes, bool sparse)
    {
        const int Rows = 700, Columns = 3, Block = Columns + 1;
        (DenseMatrix x, Labels y) = TrainingData.Clusters(Rows, Columns, Math.Max(2, classes), seed: 50, spread: 2);
        double[] weights = [.. Enumerable.Range(0, Rows).Select(i => i % 5 / (2.0 * Rows))];
        IRowLoss<double> loss = classes > 1
            ? new SoftmaxLoss<double>(y.Indices.ToArray(), weights, classes)
            : new SigmoidLoss<double>(TrainingData.SetsOf(Enumerable.Range(0, Rows).Select(i => y[i] == 1 ? (int[])[0] : []), 1), weights);
        IFeatureMatrix features = sparse ? TrainingData.Sparse(x) : x;
        var problem = new LinearProblem<double>(new RowProducts(features).In<double>(), loss, 0, 2, CancellationToken.None);
        var rng = new Rng(51);
        double[] z = [.. Enumerable.Range(0, problem.ScoresLength).Select(_ => 2 * rng.NextNormal())], r = new double[z.Length];
        problem.LossAndResidual(z, new double[problem.Stride], r, new double[problem.Stride]);

        double[] curvature = JointCurvature.Compute(problem, features, r, Rows);

        int size = classes * Block;
        var expected = new double[size * size];
        problem.WithCurvature(0, Rows, r, (diagonal, rank) =>
        {
            for (int i = 0; i < Rows; i++)
            {
                double[] row = [.. x.Row(i).ToArray(), 1];
                for (int e = 0; e < expected.Length && weights[i] > 0; e++)
                {
                    (int a, int b) = (e / size, e % size);
                    int k = (i * problem.Stride) + (a / Block), l = (i * problem.Stride) + (b / Block);
                    double hessian = (k == l ? diagonal[k] : 0) - (rank[k] * rank[l]);
                    expected[e] += (hessian + (r[k] * r[l] / weights[i])) / 2 * row[a % Block] * row[b % Block];
                }
            }
        });
        for (int e = 0; e < expected.Length; e++)
            Assert.Equal(expected[e], curvature[e], 1e-12);
    }

    [Fact]
    public void FewRows_KeepTheDiagonalOfAll()
    {
        const int Rows = 900;
        float[] values = [.. Enumerable.Range(0, Rows).SelectMany(i => (float[])[i % 7, i == 451 ? 30 : 0])];
        var x = new DenseMatrix(values, Rows, 2);
        var loss = new SoftmaxLoss<double>([.. Enumerable.Range(0, Rows).Select(i => i % 2)], [.. Enumerable.Repeat(1.0 / Rows, Rows)], 2);
        var problem = new LinearProblem<double>(new RowProducts(x).In<double>(), loss, 0, 1, CancellationToken.None);
        double[] r = new double[problem.ScoresLength];
        problem.LossAndResidual(new double[r.Length], new double[problem.Stride], r, new double[problem.Stride]);

        double[] curvature = JointCurvature.Compute(problem, x, r, Rows / 3);

        Assert.Equal(0.5 * 30 * 30 / Rows / 2, curvature[(1 * 6) + 1], 1e-12);
    }

    [Theory]
    [InlineData(1e-5)]
    [InlineData(1e-8)]
    public void RareFlags_AtWeakPenalties_TakeFewSteps_AndGiveTheSameBitsOnAnyThreads(double l2)
    {
        (DenseMatrix x, Labels y) = RareFlags(6000);
        SoftmaxModel Fit(int maxThreads, double tolerance) =>
            new SoftmaxRegression(new() { Lambda = l2, Tolerance = tolerance, MaxThreads = maxThreads }).Fit(x, y);

        SoftmaxModel one = Fit(1, 1e-4), best = Fit(1, 1e-8);

        Assert.Equal(StopReason.Converged, one.Certificate.StopReason);
        Assert.InRange(one.Certificate.Iterations, 1, 100);
        Assert.InRange(one.Certificate.DualityGap!.Value, 0, 1e-4 * one.Certificate.Objective);
        Assert.InRange(one.Certificate.Objective - best.Certificate.Objective, -1e-12, one.Certificate.DualityGap.Value);
        foreach (int maxThreads in (int[])[2, 3])
        {
            SoftmaxModel other = Fit(maxThreads, 1e-4);
            Assert.Equal(one.Weights.ToArray(), other.Weights.ToArray());
            Assert.Equal(one.Bias.ToArray(), other.Bias.ToArray());
        }
    }

    /// <summary>Two quantities, and flags of a kind that each row has one of, half of them rare, scaled by how rare they are; a kind goes
    /// with its classes, not always.</summary>
    private static (DenseMatrix X, Labels Y) RareFlags(int rows)
    {
        const int Kinds = 20, Columns = Kinds + 2;
        var rng = new Rng(52);
        var x = new float[rows * Columns];
        var y = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            int kind = i % 100 == 0 ? 10 + (i / 100 % 10) : i % 10;
            y[i] = rng.NextDouble() < 0.02 ? i / 7 % 5 : (kind % 4) + (rng.NextDouble() < 0.3 ? 1 : 0);
            x[i * Columns] = (float)(y[i] + (2 * rng.NextNormal()));
            x[(i * Columns) + 1] = (float)rng.NextNormal();
            x[(i * Columns) + 2 + kind] = kind < 10 ? 3 : 30;
        }

        return (new DenseMatrix(x, rows, Columns), new Labels(y, TrainingData.Names(5)));
    }
}
