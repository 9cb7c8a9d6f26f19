namespace Credence.Numerics.Tests;

public sealed class RngTests
{
    /// <summary>The known answers that come with the Random123 library (kat_vectors, threefry2x64 20).</summary>
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0UL, 0xc2b6e3a8c2c69865UL, 0x6f81ed42f350084dUL)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0xe02cb7c4d95d277aUL, 0xd06633d0893b8b68UL)]
    [InlineData(
        0x243f6a8885a308d3UL, 0x13198a2e03707344UL, 0xa4093822299f31d0UL, 0x082efa98ec4e6c89UL, 0x263c7d30bb0f0af1UL, 0x56be8361d3311526UL)]
    public void Threefry_GivesKnownAnswers(ulong c0, ulong c1, ulong k0, ulong k1, ulong first, ulong second) =>
        Assert.Equal((first, second), Rng.Threefry(k0, k1, c0, c1));

    [Fact]
    public void Sequence_BeginsWithTheCipherOfZero()
    {
        var rng = new Rng(0);
        Assert.Equal(0xc2b6e3a8c2c69865UL, rng.NextUInt64());
        Assert.Equal(0x6f81ed42f350084dUL, rng.NextUInt64());
    }

    /// <summary>Made by tools/golden/threefry.py, an implementation of its own.</summary>
    [Fact]
    public void EveryDistribution_HasItsGoldenSequence()
    {
        var rng = new Rng(2026);
        Assert.Equal([0xa603063646165cf3, 0x54295e5b875787c4, 0x3e54ab459613f6d6, 0x8238e707e9f4126d], Draw(4, rng.NextUInt64));
        Assert.Equal([0xd20b5619f29843ee, 0xb05bec9f64f2af18, 0x836fe29628e5c20e], Draw(3, rng.Split(7).NextUInt64));
        Assert.Equal([0.6484836466316549, 0.3287562344988526, 0.24347944687731604, 0.508680762703037], Draw(4, new Rng(2026).NextDouble));
        Near([-0.686705668557565, 1.2725696104184954, -0.7459173158661286, -0.040724841726518045], Draw(4, new Rng(2026).NextNormal));
        Near([0.8367439330690751, -0.10655466065622317, -0.3455188686651581, 0.39165888741500204], Draw(4, new Rng(2026).NextGumbel));

        static T[] Draw<T>(int count, Func<T> next) => [.. Enumerable.Range(0, count).Select(_ => next())];

        static void Near(double[] expected, double[] actual)
        {
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 1e-15);
        }
    }

    [Fact]
    public void Fills_GiveWhatAsManyCallsGive_OfEveryLength_AndTheSequenceGoesOn()
    {
        for (int length = 0; length <= 257; length++)
        {
            Same(length, (rng, to) => rng.Fill(to), rng => rng.NextUInt64());
            Same<double>(length, (rng, to) => rng.FillUniform(to), rng => rng.NextDouble());
            Same<double>(length, (rng, to) => rng.FillNormal(to), rng => rng.NextNormal());
            Same<double>(length, (rng, to) => rng.FillGumbel(to), rng => rng.NextGumbel());
            Same<float>(length, (rng, to) => rng.FillUniform(to), rng => (rng.NextUInt64() >> 40) / 16777216f);
            Same<float>(length, (rng, to) => rng.FillNormal(to), rng => (float)rng.NextNormal());
            Same<float>(length, (rng, to) => rng.FillGumbel(to), rng => (float)rng.NextGumbel());
        }
    }

    private delegate void Filling<T>(Rng rng, Span<T> to);

    private static void Same<T>(int length, Filling<T> fill, Func<Rng, T> next)
        where T : struct
    {
        // Begun with an odd number of calls, so that spare numbers are at hand.
        Rng filled = new((ulong)length), called = new((ulong)length);
        for (int i = 0; i < length % 3; i++)
            Assert.Equal(next(called), next(filled));
        T[] memory = new T[length + 4];
        fill(filled, memory.AsSpan(2, length));
        Assert.Equal([default, default], memory[..2]);
        Assert.Equal([default, default], memory[^2..]);
        for (int i = 0; i < length; i++)
            Assert.Equal(next(called), memory[2 + i]);
        Assert.Equal(next(called), next(filled));
    }

    [Fact]
    public void Fills_HaveTheMomentsOfTheirDistributions()
    {
        const int Count = 1_000_000;
        double[] x = new double[Count];
        var rng = new Rng(11);
        rng.FillUniform(x);
        Moments(x, 0.5, 1.0 / 12);
        Assert.All(x.Take(1000), v => Assert.InRange(v, 0, Math.BitDecrement(1.0)));
        rng.FillNormal(x);
        Moments(x, 0, 1);
        Assert.Equal(0.0455, x.Count(v => Math.Abs(v) > 2) / (double)Count, 0.001);
        rng.FillGumbel(x);
        Moments(x, 0.5772156649, Math.PI * Math.PI / 6);

        static void Moments(double[] x, double mean, double variance)
        {
            double m = x.Average();
            Assert.Equal(mean, m, 5 * Math.Sqrt(variance / Count));
            Assert.Equal(variance, x.Average(v => (v - m) * (v - m)), 0.01 * Math.Max(1, variance));
        }
    }

    [Fact]
    public void Fills_AllocateNothing()
    {
        double[] x = new double[300];
        float[] single = new float[300];
        var rng = new Rng(1);
        Action all = () =>
        {
            rng.FillUniform(x);
            rng.FillNormal(x);
            rng.FillGumbel(x);
            rng.FillUniform(single);
            rng.FillNormal(single);
            rng.FillGumbel(single);
        };
        all();
        long before = GC.GetAllocatedBytesForCurrentThread();
        all();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
