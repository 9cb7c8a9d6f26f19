using Credence.Data.Splits;
using CsCheck;

namespace Credence.Tests.Data.Splits;

public class RowUnitsTests
{
    [Fact]
    public void Of_JoinsThroughChainsOfEqualRowsAndGroups()
    {
        RowUnits units = RowUnits.Compute([10, 20, 20, 30, 40, 50], [1, 1, 2, 2, 3, 4]);

        Assert.Equal([0, 0, 0, 0, 1, 2], units.Units.ToArray());
        Assert.Equal(3, units.Count);
        Assert.Equal(1, units.Duplicates);
    }

    [Fact]
    public void Of_AgreesWithPlainSearch() => Gen.Select(Gen.ULong[0, 20].Array[1, 40], Gen.Int[0, 20].Array[40]).Sample((hashes, groups) =>
    {
        groups = groups[..hashes.Length];
        int[] plain = [.. Enumerable.Range(0, hashes.Length)];
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int a = 0; a < plain.Length; a++)
            {
                for (int b = 0; b < plain.Length; b++)
                {
                    if ((hashes[a] == hashes[b] || groups[a] == groups[b]) && plain[a] < plain[b])
                        (plain[b], changed) = (plain[a], true);
                }
            }
        }

        RowUnits units = RowUnits.Compute(hashes, groups);

        for (int a = 0; a < plain.Length; a++)
        {
            for (int b = 0; b < plain.Length; b++)
                Assert.Equal(plain[a] == plain[b], units.Units[a] == units.Units[b]);
        }
    });
}
