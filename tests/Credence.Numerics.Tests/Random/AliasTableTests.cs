using CsCheck;

namespace Credence.Numerics.Tests;

public sealed class AliasTableTests
{
    [Fact]
    public void Probabilities_AreTheWeightsShares() =>
        Gen.Select(Gen.Double[0, 10].Array[1, 100], Gen.Int[0, 99]).Sample((weights, zero) =>
        {
            weights[zero % weights.Length] = weights.Length == 1 ? 1 : 0;
            if (weights.Sum() <= 0)
                return true;
            var table = new AliasTable(weights);
            double sum = weights.Sum();
            return table.Count == weights.Length
                && weights.Select((w, i) => Math.Abs((w / sum) - table.Probability(i)) < 1e-13).All(near => near);
        });

    [Fact]
    public void Next_DrawsEachOutcomeAsOftenAsItShould_AndNeverTheImpossible()
    {
        double[] weights = [1, 0, 5, 0.001, 3, 0];
        var table = new AliasTable(weights);
        int[] outcomes = new int[300_000];
        table.Fill(new Rng(4), outcomes);
        for (int i = 0; i < weights.Length; i++)
        {
            double p = weights[i] / weights.Sum();
            Assert.Equal(p, outcomes.Count(o => o == i) / (double)outcomes.Length, 5 * Math.Sqrt(p * (1 - p) / outcomes.Length));
        }

        var rng = new Rng(4);
        Assert.All(outcomes.Take(100), o => Assert.Equal(o, table.Next(rng)));
    }

    [Fact]
    public void Table_OfManyEqualWeights_IsUniform()
    {
        var table = new AliasTable([.. Enumerable.Repeat(0.1, 1000)]);
        Assert.Equal(0.001, table.Probability(999), 1e-15);
        Assert.Equal(0.001, table.Probability(0), 1e-15);
    }

    [Fact]
    public void Weights_ThatAreNone_AreRefusedWithTheNumbers()
    {
        Assert.Contains("Weight 1 is -2", Assert.Throws<ArgumentException>(() => new AliasTable([1, -2])).Message);
        Assert.Contains("Weight 0 is NaN", Assert.Throws<ArgumentException>(() => new AliasTable([double.NaN])).Message);
        Assert.Contains("The 2 weights sum to 0", Assert.Throws<ArgumentException>(() => new AliasTable([0, 0])).Message);
        Assert.Contains("The 0 weights sum to 0", Assert.Throws<ArgumentException>(() => new AliasTable([])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AliasTable([1]).Probability(1));
    }
}
