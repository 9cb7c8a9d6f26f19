using Credence.Losses;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Losses;

/// <summary>Losses of rows against numerical derivatives, and in single precision against double.</summary>
public class IRowLossTests
{
    private const int Rows = 12;

    [Theory]
    [InlineData("softmax", 2)]
    [InlineData("softmax", 5)]
    [InlineData("sigmoid", 1)]
    [InlineData("sigmoid", 5)]
    public void Residuals_AndCurvature_AreTheDerivatives(string kind, int classes)
    {
        int stride = classes == 1 ? 1 : 8;
        IRowLoss<double> loss = Loss<double>(kind, classes);
        (double[] z, double[] bias) = Scores(classes, stride);
        var r = new double[z.Length];
        loss.LossAndResidual(0, Rows, z, bias, r, stride);
        double[] diagonal = new double[z.Length], rank = new double[z.Length];
        loss.Curvature(0, Rows, r, diagonal, rank, stride);

        for (int row = 0; row < Rows; row++)
        {
            for (int k = 0; k < classes; k++)
            {
                const double H = 1e-5;
                int at = (row * stride) + k;
                double[] up = [.. z], down = [.. z], upR = new double[z.Length], downR = new double[z.Length];
                up[at] += H;
                down[at] -= H;
                double above = loss.LossAndResidual(0, Rows, up, bias, upR, stride),
                    below = loss.LossAndResidual(0, Rows, down, bias, downR, stride);
                Assert.Equal((above - below) / (2 * H), r[at], 1e-9);
                for (int l = 0; l < classes; l++)
                {
                    double second = (upR[(row * stride) + l] - downR[(row * stride) + l]) / (2 * H);
                    Assert.Equal(second, (l == k ? diagonal[at] : 0) - (rank[at] * rank[(row * stride) + l]), 1e-9);
                }
            }
        }
    }

    [Theory]
    [InlineData("softmax", 5)]
    [InlineData("sigmoid", 1)]
    [InlineData("sigmoid", 5)]
    public void SinglePrecision_IsNearDouble(string kind, int classes)
    {
        int stride = classes == 1 ? 1 : 8;
        (double[] z, double[] bias) = Scores(classes, stride);
        float[] narrow = [.. z.Select(value => (float)value)], r = new float[z.Length];
        double[] wide = [.. narrow.Select(value => (double)value)], exact = new double[z.Length];

        double single = Loss<float>(kind, classes).LossAndResidual(0, Rows, narrow, bias, r, stride);
        double loss = Loss<double>(kind, classes).LossAndResidual(0, Rows, wide, bias, exact, stride);

        Assert.Equal(loss, single, 1e-6 * loss);
        for (int i = 0; i < r.Length; i++)
            Assert.Equal(exact[i], r[i], 1e-7);
    }

    [Theory]
    [InlineData("softmax", 5)]
    [InlineData("sigmoid", 5)]
    public void Conjugates_MeetTheLossAtItsOwnResiduals_AndAreAboveElsewhere(string kind, int classes)
    {
        const int Stride = 8;
        IRowLoss<double> loss = Loss<double>(kind, classes);
        (double[] z, double[] bias) = Scores(classes, Stride);
        var r = new double[z.Length];
        double value = loss.LossAndResidual(0, Rows, z, bias, r, Stride), product = 0;
        for (int i = 0; i < z.Length; i++)
            product += r[i] * (z[i] + bias[i % Stride]);

        // Fenchel: loss(z) + conjugate(s·r) ≥ s·r·z, with equality at s = 1.
        Assert.Equal(product, value + loss.Conjugate(0, Rows, r, 1, Stride), 1e-12);
        Assert.True(value + loss.Conjugate(0, Rows, r, 0.7, Stride) >= 0.7 * product);
    }

    private static (double[] Z, double[] Bias) Scores(int classes, int stride)
    {
        var rng = new Rng(40);
        var z = new double[Rows * stride];
        var bias = new double[stride];
        for (int row = 0; row < Rows; row++)
        {
            for (int k = 0; k < classes; k++)
                z[(row * stride) + k] = 3 * rng.NextNormal();
        }

        for (int k = 0; k < classes; k++)
            bias[k] = rng.NextNormal();
        return (z, bias);
    }

    private static IRowLoss<T> Loss<T>(string kind, int classes)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        double[] weights = [.. Enumerable.Range(0, Rows).Select(i => (i + 1) / 78.0)];
        return kind == "softmax"
            ? new SoftmaxLoss<T>([.. Enumerable.Range(0, Rows).Select(i => i % classes)], weights, classes)
            : new SigmoidLoss<T>(
                TrainingData.SetsOf(Enumerable.Range(0, Rows)
                .Select(i => (int[])[.. Enumerable.Range(0, classes).Where(k => (i + k) % 3 == 0)]), classes), weights);
    }
}
