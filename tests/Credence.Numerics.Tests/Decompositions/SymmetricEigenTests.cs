namespace Credence.Numerics.Tests;

public class SymmetricEigenTests
{
    [Fact]
    public void Of_GivesOrthonormalVectorsThatRebuildTheMatrix()
    {
        var rng = new Rng(8);
        for (int n = 1; n <= 20; n++)
        {
            var a = new double[n * n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                    a[(i * n) + j] = a[(j * n) + i] = rng.NextNormal();
            }

            SymmetricEigen eigen = SymmetricEigen.Compute(a, n);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double rebuilt = 0;
                    double dot = 0;
                    for (int k = 0; k < n; k++)
                    {
                        rebuilt += eigen.Values[k] * eigen.Vectors[(k * n) + i] * eigen.Vectors[(k * n) + j];
                        dot += eigen.Vectors[(i * n) + k] * eigen.Vectors[(j * n) + k];
                    }

                    Assert.Equal(a[(i * n) + j], rebuilt, 1e-12 * n);
                    Assert.Equal(i == j ? 1 : 0, dot, 1e-13 * n);
                }

                Assert.True(i == 0 || eigen.Values[i] <= eigen.Values[i - 1]);
            }
        }
    }

    [Fact]
    public void Of_RefusesWhatIsNotFinite() =>
        Assert.Throws<ArgumentException>(() => SymmetricEigen.Compute([1, double.NaN, double.NaN, 1], 2));
}
