using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Tests.Data.Scores;

public class ScoreRowsTests
{
    /// <summary>Few chosen rows are copied, many are looked at where they lie: nobody can tell.</summary>
    [Theory]
    [InlineData(40, 3)]
    [InlineData(3000, 400)]
    public void ChosenRows_AreTheRowsChosen(int rows, int classes)
    {
        var rng = new Rng(3);
        double[] values = [.. Enumerable.Range(0, rows * classes).Select(_ => rng.NextNormal())];
        var whole = new ScoreRows(values, classes);
        int[] first = [.. Enumerable.Range(0, rows).Where(row => row % 4 != 1).Reverse()];
        int[] second = [.. Enumerable.Range(0, first.Length).Where(row => row % 7 != 0)];

        ScoreRows once = whole.Select(first), twice = once.Select(second);

        Assert.Same(whole, whole.Select([.. Enumerable.Range(0, rows)]));
        AssertRows(once, first);
        AssertRows(twice, [.. second.Select(row => first[row])]);

        void AssertRows(ScoreRows chosen, int[] places)
        {
            Assert.Equal(places.Length, chosen.Count);
            var buffer = new double[5 * classes];
            for (int row = 0; row < places.Length; row++)
                Assert.True(chosen[row].SequenceEqual(values.AsSpan(places[row] * classes, classes)));

            for (int from = 0; from < places.Length; from += 5)
            {
                int to = Math.Min(places.Length, from + 5);
                Assert.True(chosen.Block(from, to, buffer).SequenceEqual(chosen.Values[(from * classes)..(to * classes)]));
                Assert.True(chosen.Values.Slice(from * classes, classes).SequenceEqual(chosen[from]));
            }
        }
    }

    [Fact]
    public void NoSuchRow_IsRefused() =>
        Assert.ThrowsAny<Exception>(() => new ScoreRows(new double[6], 3).Select([2]));
}
