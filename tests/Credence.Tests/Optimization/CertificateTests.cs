using Credence.Data;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Optimization;

/// <summary>What a certificate says, held against the definition written out plainly and against a solution run far further.</summary>
public class CertificateTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(11)]
    public void Certificate_IsWhatTheDefinitionGives(int classes)
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(rows: 200, columns: 19, classes, seed: 3, spread: 2);
        const double Lambda = 3e-3;

        SoftmaxModel model = new SoftmaxRegression(new() { Lambda = Lambda, Tolerance = 1e-3 }).Fit(x, y);

        (double objective, double[] gradient) = Plain(x, y, model, Lambda);
        double square = gradient.Take(19 * classes).Sum(value => value * value);
        Assert.Equal(objective, model.Certificate.Objective, 1e-12);
        Assert.Equal(square / (2 * Lambda), model.Certificate.DualityGap!.Value, 1e-9 + 1e-6 * model.Certificate.DualityGap.Value);
        Assert.All(gradient.Skip(19 * classes), value => Assert.InRange(value, -1e-12, 1e-12));
    }

    [Theory]
    [InlineData(2, 1e-1)]
    [InlineData(2, 1e-4)]
    [InlineData(5, 1e-1)]
    [InlineData(5, 1e-4)]
    public void Optimum_IsWithinTheBounds(int classes, double l2)
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(rows: 300, columns: 9, classes, seed: 4, spread: 1.5);
        SoftmaxModel best = new SoftmaxRegression(new() { Lambda = l2, Tolerance = 1e-14 }).Fit(x, y);

        foreach (double tolerance in new[] { 1e-1, 1e-2, 1e-4 })
        {
            SoftmaxModel model = new SoftmaxRegression(new() { Lambda = l2, Tolerance = tolerance }).Fit(x, y);

            double distance = TrainingData.Distance(model.Weights, best.Weights);
            Assert.InRange(distance, 0, model.Certificate.LogitBoundFactor!.Value + best.Certificate.LogitBoundFactor!.Value + 1e-6);
            Assert.InRange(model.Certificate.Objective - best.Certificate.Objective, -1e-12, model.Certificate.DualityGap!.Value + 1e-12);
            Assert.True(model.Certificate.DualityGap <= tolerance * model.Certificate.Objective * 1.01);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void WeightsOfAFeature_AddUpToZero(int classes)
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(rows: 150, columns: 5, classes, seed: 5);

        SoftmaxModel model = new SoftmaxRegression(new() { Lambda = 1e-3 }).Fit(x, y);

        for (int j = 0; j < 5; j++)
            Assert.InRange(model.Weights.Slice(j * classes, classes).ToArray().Sum(value => (double)value), -1e-5, 1e-5);
        Assert.InRange(model.Bias.ToArray().Sum(), -1e-9, 1e-9);
    }

    /// <summary>J and ∇J of the definition, row by row, with nothing shared with the solver but the logarithm and the
    /// exponential.</summary>
    private static (double Objective, double[] Gradient) Plain(DenseMatrix x, Labels y, SoftmaxModel model, double l2)
    {
        int classes = y.Classes, columns = x.Columns;
        double objective = 0;
        var gradient = new double[(columns + 1) * classes];
        for (int i = 0; i < x.Rows; i++)
        {
            var z = new double[classes];
            for (int k = 0; k < classes; k++)
            {
                z[k] = model.Bias[k];
                for (int j = 0; j < columns; j++)
                    z[k] += (double)x.Row(i)[j] * model.Weights[j * classes + k];
            }

            double lse = LogSumExp.Compute(z);
            objective += (lse - z[y[i]]) / x.Rows;
            for (int k = 0; k < classes; k++)
            {
                double residual = (Exp.Compute(z[k] - lse) - (k == y[i] ? 1 : 0)) / x.Rows;
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
