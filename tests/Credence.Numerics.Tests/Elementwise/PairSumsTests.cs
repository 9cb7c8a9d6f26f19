using Xunit;

namespace Credence.Numerics.Tests;

public sealed class PairSumsTests
{
    private const long OneRow = 1L << 40;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Sums_AreThoseOfAPlainLoop_AndLeaveOtherBinsAlone(int columns)
    {
        var random = new Rng((ulong)columns);
        int[] bins = [5, 256, 1, 17], offsets = [.. Enumerable.Range(0, columns + 1).Select(c => 30 + bins[..c].Sum())];
        uint[] words = [.. Enumerable.Range(0, 400).Select(_ =>
            (uint)Enumerable.Range(0, 4).Sum(c => (long)random.NextInt(bins[c]) << (8 * c)))];
        int[] rows = [.. Enumerable.Range(0, 400).Where(row => row % 3 != 1)];
        (int First, int Second)[] numbers = [.. rows.Select(_ => (random.NextInt(2000) - 1000, random.NextInt(1000)))];
        var expected = new long[2 * (offsets[^1] - 30)];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int c = 0; c < columns; c++)
            {
                int at = 2 * (offsets[c] - 30 + (byte)(words[rows[i]] >> (8 * c)));
                expected[at] += numbers[i].First;
                expected[at + 1] += numbers[i].Second + OneRow;
            }
        }

        var sums = new long[expected.Length];
        PairSums.Add(
            words, rows, [.. numbers.Select(pair => (long)pair.Second << 32 | (uint)pair.First)], OneRow, sums, offsets);

        Assert.Equal(expected, sums);
    }

    [Fact]
    public void Subtract_TakesEveryNumber()
    {
        for (int length = 0; length < 20; length++)
        {
            long[] from = [.. Enumerable.Range(0, length).Select(i => 10L * i)];

            PairSums.Subtract(from, [.. Enumerable.Range(0, length).Select(i => (long)i)]);

            Assert.Equal(Enumerable.Range(0, length).Select(i => 9L * i), from);
        }
    }
}
