using Credence.Data;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Linear.Path;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Linear;

/// <summary>Rows of several classes: the fit against the definition written out plainly, against fits of one class, and where classes
/// hardly are.</summary>
public class SigmoidRegressionTests
{
    private const double Lambda = 3e-3;

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(9, false)]
    public void Certificate_IsWhatTheDefinitionGives(int classes, bool sparse)
    {
        (DenseMatrix x, LabelSets y) = TrainingData.Sets(rows: 220, columns: 17, classes, seed: 3);

        SigmoidModel model = new SigmoidRegression(new() { Lambda = Lambda, Tolerance = 1e-3 }).Fit(sparse ? TrainingData.Sparse(x) : x, y);

        (double objective, double[] gradient) = Plain(x, y, model, Lambda);
        double square = gradient.Take(17 * classes).Sum(value => value * value);
        Assert.Equal(objective, model.Certificate.Objective, 1e-11);
        Assert.Equal(square / (2 * Lambda), model.Certificate.DualityGap!.Value, 1e-9 + 1e-6 * model.Certificate.DualityGap.Value);
        Assert.True(model.Certificate.DualityGap <= 1e-3 * model.Certificate.Objective);
        Assert.All(gradient.Skip(17 * classes), value => Assert.InRange(value, -1e-12, 1e-12));
    }

    [Fact]
    public void Optimum_IsWithinTheBounds()
    {
        (DenseMatrix x, LabelSets y) = TrainingData.Sets(rows: 300, columns: 9, classes: 4, seed: 4);
        SigmoidModel best = new SigmoidRegression(new() { Lambda = Lambda, Tolerance = 1e-14 }).Fit(x, y);

        foreach (double tolerance in new[] { 1e-1, 1e-2, 1e-4 })
        {
            SigmoidModel model = new SigmoidRegression(new() { Lambda = Lambda, Tolerance = tolerance }).Fit(x, y);

            double distance = TrainingData.Distance(model.Weights, best.Weights);
            Assert.InRange(distance, 0, model.Certificate.LogitBoundFactor!.Value + best.Certificate.LogitBoundFactor!.Value + 1e-6);
            Assert.InRange(model.Certificate.Objective - best.Certificate.Objective, -1e-12, model.Certificate.DualityGap!.Value + 1e-12);
        }
    }

    [Fact]
    public void EveryClass_IsFittedAsIfAlone()
    {
        (DenseMatrix x, LabelSets y) = TrainingData.Sets(rows: 180, columns: 6, classes: 3, seed: 5);

        SigmoidModel all = new SigmoidRegression(new() { Lambda = Lambda, Tolerance = 1e-12 }).Fit(x, y);

        for (int k = 0; k < 3; k++)
        {
            var own = new Labels([.. Enumerable.Range(0, y.Count).Select(i => y[i].Contains(k) ? 1 : 0)], ["no", "yes"]);
            SoftmaxModel one = new SoftmaxRegression(new() { Lambda = 2 * Lambda, Tolerance = 1e-12 }).Fit(x, own);
            for (int j = 0; j < 6; j++)
                Assert.Equal(one.Weights[2 * j + 1] - one.Weights[2 * j], all.Weights[3 * j + k], 2e-5);
            Assert.Equal(one.Bias[1] - one.Bias[0], all.Bias[k], 2e-5);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_GivesTheSameBitsForAnyNumberOfThreads(bool sparse)
    {
        (DenseMatrix dense, LabelSets y) = TrainingData.Sets(rows: 1300, columns: 21, classes: 5, seed: 6);
        FeatureChoice[] x = [FeatureChoice.Of(sparse ? TrainingData.Sparse(dense) : dense)];
        int[] folds = [.. Enumerable.Range(0, y.Count).Select(row => row % 4)];

        RegularizationPathResult<SigmoidModel> one = new RegularizationPath(new() { MaxThreads = 1 }).Fit(x, y, folds);
        RegularizationPathResult<SigmoidModel> three = new RegularizationPath(new() { MaxThreads = 3 }).Fit(x, y, folds);

        Assert.Equal(one.Lambda, three.Lambda);
        Assert.Equal(one.Model.Weights, three.Model.Weights);
        Assert.Equal(one.Model.Bias, three.Model.Bias);
        Assert.Equal(one.OutOfFold.Values, three.OutOfFold.Values);
    }

    [Fact]
    public void Classes_OfNoRow_OfAll_AndOfOne_AreFittedBesideOthers()
    {
        (DenseMatrix x, LabelSets some) = TrainingData.Sets(rows: 120, columns: 4, classes: 2, seed: 7);
        LabelSets y = TrainingData.SetsOf(Enumerable.Range(0, 120)
            .Select(i => (int[])[.. some[i].ToArray(), 2, .. i == 17 ? [3] : Array.Empty<int>()]), 5);

        SigmoidModel model = new SigmoidRegression(new() { Lambda = 1e-2 }).Fit(x, y);
        SigmoidModel alone = new SigmoidRegression(new() { Lambda = 1e-2, Tolerance = 1e-9 }).Fit(x, some);

        Logits scores = model.Score(x), others = alone.Score(x);
        for (int i = 0; i < 120; i++)
        {
            Assert.InRange(Sigmoid.Compute(scores.Row(i)[2]), 1 - 1e-6, 1);
            Assert.InRange(Sigmoid.Compute(scores.Row(i)[4]), 0, 1e-6);
            Assert.Equal(others.Row(i)[0], scores.Row(i)[0], 0.05);
        }

        Assert.Equal(1.0, Enumerable.Range(0, 120).Sum(i => Sigmoid.Compute(scores.Row(i)[3])), 1e-3);
    }

    [Fact]
    public void Fit_RefusesWhatCantBeLearntFrom()
    {
        (DenseMatrix x, LabelSets y) = TrainingData.Sets(rows: 12, columns: 2, classes: 2, seed: 8);

        var error = Assert.Throws<ArgumentException>(() =>
            new SigmoidRegression(new()).Fit(x, TrainingData.SetsOf(Enumerable.Repeat<int[]>([0], 12), 2)));
        Assert.Contains("Each of the 2 classes is in all 12 rows or in none", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => new SigmoidRegression(new()).Fit(x, y.Select([0, 1])));
        Assert.Contains("2 label sets for 12 rows", error.Message, StringComparison.Ordinal);
    }

    /// <summary>J and ∇J of the definition, row by row, with nothing shared with the solver but the logarithm and the
    /// exponential.</summary>
    private static (double Objective, double[] Gradient) Plain(DenseMatrix x, LabelSets y, SigmoidModel model, double l2)
    {
        int classes = y.Classes, columns = x.Columns;
        double objective = 0;
        var gradient = new double[(columns + 1) * classes];
        for (int i = 0; i < x.Rows; i++)
        {
            for (int k = 0; k < classes; k++)
            {
                double z = model.Bias[k], sign = y[i].Contains(k) ? 1 : -1;
                for (int j = 0; j < columns; j++)
                    z += (double)x.Row(i)[j] * model.Weights[j * classes + k];
                objective += Log.Compute(1 + Exp.Compute(-sign * z)) / x.Rows;
                double residual = -sign / (1 + Exp.Compute(sign * z)) / x.Rows;
                for (int j = 0; j < columns; j++)
                    gradient[j * classes + k] += residual * x.Row(i)[j];
                gradient[columns * classes + k] += residual;
            }
        }

        for (int w = 0; w < columns * classes; w++)
        {
            objective += l2 / 2 * model.Weights[w] * model.Weights[w];
            gradient[w] += l2 * model.Weights[w];
        }

        return (objective, gradient);
    }
}
