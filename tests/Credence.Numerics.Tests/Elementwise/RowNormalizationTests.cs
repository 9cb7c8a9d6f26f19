using Xunit;

namespace Credence.Numerics.Tests;

public sealed class RowNormalizationTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 13)]
    [InlineData(3, 64)]
    public void Rows_HaveMean0AndVariance1_AndTheGradientIsTheDerivative(int rows, int columns)
    {
        const double Epsilon = 1e-5, Step = 1e-6;
        double[] x = Numbers.Uniform(rows * columns, 2, 1), g = Numbers.Uniform(rows * columns, 1, 2), dx = new double[x.Length];
        (double[] normal, double[] inverses) = Forward(x);
        RowNormalization.Backward<double>(g, normal, inverses, columns, dx);

        for (int row = 0; row < rows; row++)
        {
            double[] own = x[(row * columns)..((row + 1) * columns)];
            double mean = own.Average(), variance = own.Average(value => (value - mean) * (value - mean));
            Assert.Equal(1 / Math.Sqrt(variance + Epsilon), inverses[row], 1e-9 * inverses[row]);
            Assert.All(own.Select((value, j) => (value - mean) * inverses[row] - normal[(row * columns) + j]), e =>
                Assert.Equal(0, e, 1e-10));
        }

        for (int i = 0; i < x.Length; i++)
        {
            double own = x[i];
            x[i] = own + Step;
            double above = Forward(x).Normal.Zip(g, (a, b) => a * b).Sum();
            x[i] = own - Step;
            double below = Forward(x).Normal.Zip(g, (a, b) => a * b).Sum();
            x[i] = own;
            Assert.Equal((above - below) / (2 * Step), dx[i], 1e-6);
        }

        (double[] Normal, double[] Inverses) Forward(double[] from)
        {
            double[] to = new double[from.Length], of = new double[rows];
            RowNormalization.Forward<double>(from, columns, to, of);
            return (to, of);
        }
    }
}
