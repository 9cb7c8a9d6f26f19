using Credence.Data;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Linear.Path;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Linear;

/// <summary>Penalties with an L1 part: known objectives (tools/golden/elastic_net.py), what must hold at an optimum, and the
/// bounds.</summary>
public class SoftmaxRegressionElasticNetTests
{
    private const int Rows = 90, Columns = 8;

    /// <summary>Weights are floats; without λ₂ their rounding, 2⁻²⁴ of a slope, enters the gap as it is and not squared.</summary>
    private const double LassoGap = 1e-7;

    [Theory]
    [InlineData(2, 0.02, 1.0, 0.5367394610090713)]
    [InlineData(2, 0.02, 0.5, 0.5176713339567997)]
    [InlineData(2, 0.003, 0.9, 0.4882444144762344)]
    [InlineData(2, 0.003, 0.0, 0.4811966887631893)]
    [InlineData(4, 0.02, 1.0, 1.0268454801037998)]
    [InlineData(4, 0.02, 0.5, 0.9592285220048533)]
    [InlineData(4, 0.003, 0.9, 0.7952080770749743)]
    [InlineData(4, 0.003, 0.0, 0.7685238994777686)]
    public void Softmax_ReachesTheKnownObjective(int classes, double l2, double ratio, double known)
    {
        foreach (bool sparse in new[] { false, true })
        {
            SoftmaxModel model = new SoftmaxRegression(new() { Lambda = l2, L1Ratio = ratio, Tolerance = 1e-10 })
                .Fit(sparse ? TrainingData.Sparse(X) : X, Y(classes));

            Assert.InRange(model.Certificate.Objective, known - 1e-12, known + 2e-10);
            Assert.InRange(model.Certificate.DualityGap!.Value, model.Certificate.Objective - known - 1e-12, ratio == 1 ? LassoGap : 1e-10);
        }
    }

    [Theory]
    [InlineData(0.02, 1.0, 1.4453783782271945)]
    [InlineData(0.01, 0.5, 1.3229617744914859)]
    public void Sigmoids_ReachTheKnownObjective(double l2, double ratio, double known)
    {
        LabelSets y = TrainingData.SetsOf(Enumerable.Range(0, Rows)
            .Select(i => (int[])[.. Enumerable.Range(0, 3).Where(k => (Value(i, k) + (0.5 * Value(i, k + 3)) > 0.2) != (i % 7 == 0))]), 3);

        SigmoidModel model = new SigmoidRegression(new() { Lambda = l2, L1Ratio = ratio, Tolerance = 1e-10 }).Fit(X, y);

        Assert.InRange(model.Certificate.Objective, known - 1e-12, known + 2e-10);
        Assert.InRange(model.Certificate.DualityGap!.Value, model.Certificate.Objective - known - 1e-12, ratio == 1 ? LassoGap : 2e-10);
    }

    [Theory]
    [InlineData(3, 1.0, 60)]
    [InlineData(3, 0.3, 60)]
    [InlineData(2, 1.0, 60)]
    [InlineData(6, 0.8, 150)]
    public void Optimum_MeetsItsConditions_AndGapsBoundTheRest(int classes, double ratio, int columns)
    {
        const double Lambda = 2e-2;
        (DenseMatrix x, Labels y) = TrainingData.Clusters(rows: 240, columns, classes, seed: 21, spread: 4);
        SoftmaxModel best = new SoftmaxRegression(new() { Lambda = Lambda, L1Ratio = ratio, Tolerance = 1e-11 }).Fit(x, y);

        double l1 = Lambda * ratio;
        double[] gradient = LossGradient(x, y, best);
        int zeros = 0;
        for (int w = 0; w < gradient.Length; w++)
        {
            double weight = best.Weights[w], slope = gradient[w] + (Lambda * (1 - ratio) * weight);
            if (weight == 0)
                Assert.InRange(slope, -l1 - 1e-5, l1 + 1e-5);
            else
                Assert.Equal(-Math.Sign(weight) * l1, slope, 1e-5);
            zeros += weight == 0 ? 1 : 0;
        }

        Assert.True(zeros > gradient.Length / 5, $"{zeros} of {gradient.Length} weights are 0.");
        foreach (double tolerance in new[] { 1e-1, 1e-2, 1e-4 })
        {
            SoftmaxModel model = new SoftmaxRegression(new() { Lambda = Lambda, L1Ratio = ratio, Tolerance = tolerance }).Fit(x, y);

            Assert.InRange(model.Certificate.Objective - best.Certificate.Objective, -1e-11, model.Certificate.DualityGap!.Value + 1e-12);
            Assert.True(model.Certificate.DualityGap <= tolerance * model.Certificate.Objective);
            if (ratio < 1)
                Assert.InRange(TrainingData.Distance(model.Weights, best.Weights), 0, model.Certificate.LogitBoundFactor!.Value
                    + best.Certificate.LogitBoundFactor!.Value);
            else
                Assert.Null(model.Certificate.LogitBoundFactor);
        }
    }

    [Fact]
    public void StrongPenalties_LeaveNothing_AndWeakerOnesMore()
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(rows: 200, columns: 20, classes: 3, seed: 22, spread: 3);
        int before = 0;
        foreach (double l2 in new[] { 10.0, 0.3, 0.03, 0.003 })
        {
            SoftmaxModel model = new SoftmaxRegression(new() { Lambda = l2, L1Ratio = 1 }).Fit(x, y);
            int count = model.Weights.ToArray().Count(w => w != 0);
            Assert.True(count >= before, $"{count} weights at {l2}, {before} at a stronger penalty.");
            Assert.Equal(l2 == 10, count == 0);
            before = count;
        }
    }

    [Fact]
    public void Columns_ThatAreEqual_OrConstant_AreNoTrouble()
    {
        (DenseMatrix some, Labels y) = TrainingData.Clusters(rows: 150, columns: 4, classes: 3, seed: 23, spread: 2);
        float[] wide = [.. Enumerable.Range(0, 150).SelectMany(i => (float[])[.. some.Row(i), .. some.Row(i), 7, 0])];

        SoftmaxModel twice = new SoftmaxRegression(new() { Lambda = 1e-2, L1Ratio = 1, Tolerance = 1e-9 })
            .Fit(new DenseMatrix(wide, 150, 10), y);
        SoftmaxModel once = new SoftmaxRegression(new() { Lambda = 1e-2, L1Ratio = 1, Tolerance = 1e-9 }).Fit(some, y);

        Assert.Equal(once.Certificate.Objective, twice.Certificate.Objective, 1e-8);
        Assert.All(twice.Weights[(8 * 3)..].ToArray(), weight => Assert.Equal(0, weight));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Path_GivesTheSameBitsForAnyNumberOfThreads_AndAModelOfFewFeatures(bool sparse)
    {
        (DenseMatrix dense, Labels y) = TrainingData.Clusters(rows: 400, columns: 30, classes: 3, seed: 24, spread: 4);
        IFeatureMatrix x = sparse ? TrainingData.Sparse(dense) : dense;
        int[] folds = [.. Enumerable.Range(0, y.Count).Select(row => row / 3 % 4)];

        RegularizationPathResult<SoftmaxModel> one = new RegularizationPath(new() { L1Ratio = 0.9, MaxThreads = 1 }).Fit(x, y, folds);
        RegularizationPathResult<SoftmaxModel> three = new RegularizationPath(new() { L1Ratio = 0.9, MaxThreads = 3 }).Fit(x, y, folds);

        Assert.Equal(one.Model.Weights, three.Model.Weights);
        Assert.Equal(one.OutOfFold.Values, three.OutOfFold.Values);
        Assert.Contains(0f, one.Model.Weights.ToArray());
        Assert.True(one.Model.Certificate.DualityGap <= 1e-4 * one.Model.Certificate.Objective);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Ratios_OutOfRange_AreRefused(double ratio)
    {
        Assert.Contains("from 0 to 1", Assert.Throws<ArgumentException>(() => new SoftmaxRegression(new() { L1Ratio = ratio }))
            .Message, StringComparison.Ordinal);
        Assert.Contains("from 0 to 1", Assert.Throws<ArgumentException>(() => new RegularizationPath(new() { L1Ratio = ratio }))
            .Message, StringComparison.Ordinal);
    }

    private static DenseMatrix X =>
        new([.. Enumerable.Range(0, Rows * Columns).Select(e => (float)Value(e / Columns, e % Columns))], Rows, Columns);

    /// <summary>The rows of the golden script.</summary>
    private static double Value(int i, int j) => (((i * 37) + (j * 53) + (i * j * 7)) % 101 / 32.0) - 1.5;

    private static Labels Y(int classes) => new(
        [.. Enumerable.Range(0, Rows)
            .Select(i =>
            Enumerable.Range(0, classes)
            .MaxBy(k => Value(i, k) + (0.6 * Value(i, k + 1)) + (1.2 * ((((i * 61) + (k * 29)) % 103 / 51.5) - 1))))],
        TrainingData.Names(classes));

    /// <summary>∂(mean loss)/∂W, row by row.</summary>
    private static double[] LossGradient(DenseMatrix x, Labels y, SoftmaxModel model)
    {
        var gradient = new double[x.Columns * y.Classes];
        for (int i = 0; i < x.Rows; i++)
        {
            var z = new double[y.Classes];
            for (int k = 0; k < z.Length; k++)
            {
                z[k] = model.Bias[k];
                for (int j = 0; j < x.Columns; j++)
                    z[k] += (double)x.Row(i)[j] * model.Weights[(j * z.Length) + k];
            }

            double lse = LogSumExp.Compute(z);
            for (int k = 0; k < z.Length; k++)
            {
                double residual = (Exp.Compute(z[k] - lse) - (k == y[i] ? 1 : 0)) / x.Rows;
                for (int j = 0; j < x.Columns; j++)
                    gradient[(j * z.Length) + k] += residual * x.Row(i)[j];
            }
        }

        return gradient;
    }
}
