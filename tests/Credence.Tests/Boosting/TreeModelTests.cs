using System.Text.Json.Nodes;
using Credence.Boosting;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Numerics;
using Credence.Tests.Support;
using Credence.Persistence;

namespace Credence.Tests.Boosting;

public sealed class TreeModelTests
{
    [Fact]
    public void Contributions_AddUpToTheLogits_AndAreShapleyValues()
    {
        int checkedRows = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            (TreeModel model, RandomRows random) = Grown(seed, trees: 3);
            for (int row = 0; row < Math.Min(4, random.Matrix.Rows); row++)
            {
                IFeatureMatrix one = random.Matrix.Select([row]);
                Logits logits = model.Score(one);
                LogitContributions told = model.Contributions(one, 1, 0);
                Assert.Equal(logits.Row(0)[1] - logits.Row(0)[0], told.Base + told.Terms.Sum(term => term.LogOdds), 1e-9);

                double[] plain = Shapley(model.Nodes, random.Columns, ValuesOf(random, row));
                for (int c = 0; c < plain.Length; c++)
                {
                    SplitColumn column = random.Columns[c];
                    double own = told.Terms.Where(term => term.Feature == column.Missing
                        || (term.Feature >= column.First && term.Feature < column.First + column.Count)).Sum(term => term.LogOdds);
                    Assert.Equal(plain[c], own, 1e-9);
                    checkedRows++;
                }

                LogitContributions turned = model.Contributions(one, 0, 1);
                Assert.Equal(-told.Base, turned.Base);
                Assert.Equal(told.Terms.Select(term => -term.LogOdds), turned.Terms.Select(term => term.LogOdds));
            }
        }

        Assert.True(checkedRows > 300);
    }

    [Fact]
    public void Saved_IsReadAgain_WithTheSameLogits()
    {
        (TreeModel model, RandomRows random) = Grown(5, trees: 4);
        var tensors = new NamedTensors();
        JsonObject saved = model.Save(tensors, "m.");

        TreeModel back = TreeModel.Load(saved, tensors, "m.");

        Assert.Equal(model.Score(random.Matrix).Values, back.Score(random.Matrix).Values);
        Assert.Equal((4, model.Leaves, model.Depth, model.Bins), (back.Rounds, back.Leaves, back.Depth, back.Bins));
    }

    [Theory]
    [InlineData("left", 0, 0, "child is node 0")]
    [InlineData("right", 0, 99, "child is node 99")]
    [InlineData("right", 0, 1, "is a child")]
    [InlineData("left", 0, -1, "child is node -1")]
    [InlineData("column", 0, 2, "splits column 2")]
    [InlineData("column", 0, -2, "splits column -2")]
    [InlineData("column", 1, 0, "child is node 0")]
    [InlineData("threshold", 0, float.NaN, "threshold is NaN")]
    [InlineData("value", 1, float.PositiveInfinity, "must be finite")]
    [InlineData("starts", 1, 2, "child is node 2")]
    [InlineData("starts", 2, 5, "must cover all")]
    [InlineData("starts", 0, 1, "must cover all")]
    [InlineData("rows", 1, -5, "-5 rows")]
    [InlineData("words", 3, 7, "start at word 7")]
    [InlineData("words", 3, -1, "start at word -1")]
    [InlineData("columns", 0, 3, "outside its 3")]
    [InlineData("columns", 4, 0, "share a feature")]
    [InlineData("base", 0, double.NaN, "not finite")]
    public void SpoiltNodes_AreRefused(string name, int at, double value, string says)
    {
        TreeModel model = Two();
        var tensors = new NamedTensors();
        JsonObject saved = model.Save(tensors, "");
        var spoilt = new NamedTensors();
        foreach (string tensor in (string[])["left", "right", "column", "words", "rows", "starts", "columns"])
            Copy<int>(tensor);

        foreach (string tensor in (string[])["threshold", "value"])
            Copy<float>(tensor);

        Copy<double>("base");
        Copy<byte>("missing_left");
        Copy<long>("bits");

        var error = Assert.Throws<InvalidDataException>(() => TreeModel.Load(saved, spoilt, ""));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);

        void Copy<T>(string tensor)
            where T : unmanaged, System.Numerics.INumber<T>
        {
            T[] values = [.. tensors.Get<T>(tensor)];
            if (tensor == name)
                values[at] = T.CreateTruncating(value);

            spoilt.Add<T>(tensor, values);
        }
    }

    [Theory]
    [InlineData("classes", 3)]
    [InlineData("trees", 1)]
    [InlineData("features", 2)]
    public void ADescriptionThatDoesNotMatch_IsRefused(string name, int value)
    {
        var tensors = new NamedTensors();
        JsonObject saved = Two().Save(tensors, "");
        saved[name] = value;

        Assert.Throws<InvalidDataException>(() => TreeModel.Load(saved, tensors, ""));
    }

    /// <summary>A tree that splits a number, and one that splits a category of two values.</summary>
    private static TreeModel Two() => new(
        3, 2, [SplitColumn.Number(0), new SplitColumn(1, 2, -1, true)], [0.5], new TreeNodes
        {
            Starts = [0, 3, 6],
            Column = [0, -1, -1, 1, -1, -1],
            Threshold = [1, 0, 0, 0, 0, 0],
            MissingLeft = [0, 0, 0, 0, 0, 0],
            Words = [-1, -1, -1, 0, -1, -1],
            Left = [1, 0, 0, 1, 0, 0],
            Right = [2, 0, 0, 2, 0, 0],
            Value = [0, -1, 1, 0, 2, -2],
            Rows = [10, 4, 6, 10, 3, 7],
            Bits = [0b10],
        });

    private static (TreeModel Model, RandomRows Rows) Grown(ulong seed, int trees)
    {
        RandomRows random = RandomRows.Draw(seed);
        BinnedRows data = random.Binned();
        var units = new FixedPoint(data.Rows, random.Weights.Max());
        var writer = new TreeWriter(data);
        var noise = new Rng(seed);
        for (int tree = 0; tree < trees; tree++)
        {
            long[] pairs = [.. random.Weights.Select(weight => units.Pair(weight * ((2 * noise.NextDouble()) - 1), weight, false))];
            new TreeGrower(data, random.Options, units, 1).Grow(
                [.. Enumerable.Range(0, data.Rows)], [], pairs, [.. data.Columns.Select(_ => true)], writer, new double[data.Rows]);
        }

        return (new TreeModel(random.Matrix.Columns, 2, random.Columns, [0.25], writer.ToNodes()), random);
    }

    private static float[] ValuesOf(RandomRows random, int row)
    {
        var values = new float[random.Columns.Length];
        new SplitInputs(random.Columns, random.Matrix.Columns).Read(random.Matrix, row, row + 1, values);
        return values;
    }

    /// <summary>Shapley values by their definition: the mean over all orders of columns of what knowing the next one adds.</summary>
    private static double[] Shapley(TreeNodes nodes, SplitColumn[] columns, float[] values)
    {
        int count = columns.Length;
        var expected = new double[1 << count];
        for (int known = 0; known < expected.Length; known++)
        {
            for (int tree = 0; tree < nodes.Trees; tree++)
                expected[known] += Expected(nodes.Starts[tree], nodes.Starts[tree], known);
        }

        var sums = new double[count];
        for (int known = 0; known < expected.Length; known++)
        {
            int size = System.Numerics.BitOperations.PopCount((uint)known);
            for (int c = 0; c < count; c++)
            {
                if ((known >> c & 1) == 0)
                {
                    double weight = Factorial(size) * Factorial(count - size - 1) / Factorial(count);
                    sums[c] += weight * (expected[known | (1 << c)] - expected[known]);
                }
            }
        }

        return sums;

        double Expected(int root, int at, int known)
        {
            int column = nodes.Column[at];
            if (column < 0)
                return nodes.Value[at];

            int left = root + nodes.Left[at], right = root + nodes.Right[at];
            if ((known >> column & 1) != 0)
                return Expected(root, nodes.GoesLeft(at, columns[column], values[column]) ? left : right, known);

            double share = nodes.Rows[left] / (double)(nodes.Rows[left] + nodes.Rows[right]);
            return (share * Expected(root, left, known)) + ((1 - share) * Expected(root, right, known));
        }
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
