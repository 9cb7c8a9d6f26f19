namespace Credence.Numerics.Tests;

public class WeightedMomentsTests
{
    [Fact]
    public void Compute_IsThePlainLoopInTheSameOrder_AtEveryLength()
    {
        foreach (int length in LaneOrder.Lengths)
        {
            foreach (int nan in (int[])[-1, length / 2])
            {
                double[] w = LaneOrder.Values(length, 1), x = LaneOrder.Values(length, 2, nan: nan);
                (double weight, double first, double second) = WeightedMoments.Compute(w, x);
                LaneOrder.AssertSame(LaneOrder.Sum(length, (s, i) => s + w[i]), weight, $"Σ w of {length}");
                LaneOrder.AssertSame(LaneOrder.Sum(length, (s, i) => s + (w[i] * x[i])), first, $"Σ wx of {length}");
                LaneOrder.AssertSame(LaneOrder.Sum(length, (s, i) => s + (w[i] * x[i] * x[i])), second, $"Σ wx² of {length}");
            }
        }
    }

    [Fact]
    public void ShortSpans_AreRefused() => Assert.Throws<ArgumentException>(() => WeightedMoments.Compute(new double[4], new double[3]));
}
