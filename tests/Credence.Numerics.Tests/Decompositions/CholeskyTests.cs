namespace Credence.Numerics.Tests;

public class CholeskyTests
{
    [Fact]
    public void Solve_GivesBackWhatWasMultiplied()
    {
        var rng = new Rng(5);
        for (int n = 1; n <= 12; n++)
        {
            double[] b = [.. Enumerable.Range(0, n * n).Select(_ => rng.NextNormal())];
            var a = new double[n * n];
            MatrixProduct.MultiplyTransposedRight(b, b, a, n, n, n);
            for (int i = 0; i < n; i++)
                a[(i * n) + i] += 1;

            double[] x = [.. Enumerable.Range(0, n).Select(_ => rng.NextNormal())];
            var y = new double[n];
            MatrixProduct.Multiply(a, x, y, n, n, 1);
            double form = x.Zip(y, (p, q) => p * q).Sum();

            Cholesky factor = Cholesky.TryFactor(a, n)!;
            double[] half = [.. y];
            factor.SolveLower(half);
            factor.Solve(y);

            Assert.Equal(form, half.Sum(v => v * v), 1e-9 * form);
            for (int i = 0; i < n; i++)
                Assert.Equal(x[i], y[i], 1e-9);
        }
    }

    [Fact]
    public void TryFactor_IsNullWhereTheMatrixIsNotPositiveDefinite()
    {
        Assert.Null(Cholesky.TryFactor([1, 2, 2, 1], 2));
        Assert.Null(Cholesky.TryFactor([0], 1));
        Assert.Null(Cholesky.TryFactor([double.NaN], 1));
        Assert.Throws<ArgumentException>(() => Cholesky.TryFactor([1, 0], 2));
    }
}
