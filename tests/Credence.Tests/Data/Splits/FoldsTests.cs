using Credence.Data;
using Credence.Data.Splits;
using CsCheck;

namespace Credence.Tests.Data.Splits;

public class FoldsTests
{
    [Fact]
    public void Stratified_OfDistinctRows_DiffersByOneRowAClass() =>
        Gen.Select(Gen.Int[0, 3].Array[10, 200], Gen.Int[2, 10], Gen.ULong).Sample((classes, folds, seed) =>
        {
            var labels = new Labels(classes, ["a", "b", "c", "d"]);
            RowUnits units = RowUnits.Compute([.. Enumerable.Range(0, classes.Length).Select(i => (ulong)i)]);

            int[] fold = Folds.Stratified(labels, units, folds, seed);

            for (int k = 0; k < 4; k++)
            {
                int[] counts = [.. Enumerable.Range(0, folds)
                    .Select(f => Enumerable.Range(0, fold.Length).Count(row => fold[row] == f && classes[row] == k))];
                Assert.True(counts.Max() - counts.Min() <= 1);
            }

            int[] sizes = [.. Enumerable.Range(0, folds).Select(f => fold.Count(of => of == f))];
            Assert.True(sizes.Max() - sizes.Min() <= 4);
        });

    [Fact]
    public void Stratified_KeepsUnitsWhole() =>
        Gen.Select(Gen.ULong[0, 40].Array[30, 200], Gen.Int[2, 5]).Sample((hashes, folds) =>
        {
            RowUnits units = RowUnits.Compute(hashes);
            if (units.Count < folds)
                return;

            int[] fold = Folds.Stratified(null, units, folds, 3);

            foreach (var unit in Enumerable.Range(0, hashes.Length).GroupBy(row => hashes[row]))
                Assert.Single(unit.Select(row => fold[row]).Distinct());
        });

    [Fact]
    public void Stratified_SaysWhatIsWrong()
    {
        RowUnits units = RowUnits.Compute([1, 1, 2]);

        Assert.Throws<ArgumentException>(() => Folds.Stratified(null, units, 1, 1));
        Assert.Throws<ArgumentException>(() => Folds.Stratified(new Labels([0], ["a"]), units, 2, 1));
        Assert.Contains("2 units", Assert.Throws<InvalidDataException>(() => Folds.Stratified(null, units, 3, 1))
            .Message, StringComparison.Ordinal);
    }
}
