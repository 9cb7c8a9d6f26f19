namespace Credence.Numerics.Tests;

public class BinomialDistributionTests
{
    [Fact]
    public void Cdf_IsTheSumOfItsTerms()
    {
        foreach ((int n, double p) in new[] { (1, 0.3), (7, 0.5), (30, 0.02), (30, 0.97) })
        {
            double term = 1;
            for (int i = 0; i < n; i++)
                term *= 1 - p;

            double sum = 0;
            for (int k = 0; k <= n; k++)
            {
                sum += term;
                Assert.Equal(sum, BinomialDistribution.Cdf(k, n, p), 1e-12);
                term *= (n - k) / (k + 1.0) * p / (1 - p);
            }
        }
    }

    [Theory]
    [InlineData(0, 149)]
    [InlineData(3, 300)]
    [InlineData(299, 300)]
    public void UpperBound_IsWhereTheLowerTailIsDelta(int k, int n)
    {
        double bound = BinomialDistribution.UpperBound(k, n, 0.05);

        Assert.Equal(0.05, BinomialDistribution.Cdf(k, n, bound), 1e-10);
        Assert.Equal(1 - bound, BinomialDistribution.LowerBound(n - k, n, 0.05), 1e-12);
    }

    [Fact]
    public void Bounds_WithoutTrialsSayNothing()
    {
        Assert.Equal(1, BinomialDistribution.UpperBound(0, 0, 0.05));
        Assert.Equal(0, BinomialDistribution.LowerBound(0, 0, 0.05));
    }
}
