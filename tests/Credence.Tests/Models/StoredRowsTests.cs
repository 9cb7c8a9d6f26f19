using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Numerics;

namespace Credence.Tests.Models;

/// <summary>Cells missing at prediction in columns that never missed in training.</summary>
public sealed class StoredRowsTests
{
    private static readonly double[,] Means = { { 0, 0, 0, 0 }, { 2, 2, 1, 0 }, { 2, 0, 2, 2 } };
    private static readonly Classifier Whole = Fit(400, 1, [0, 1, 2, 3]);

    /// <summary>Three classes with normal columns: the log loss of rows with one, two and all cells missing is at most .02 above that of a
    /// model trained without those columns.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(2, 3)]
    [InlineData(0, 1)]
    [InlineData(0, 1, 2, 3)]
    public void LogLoss_IsNearThatOfAModelWithoutTheColumns(params int[] missing)
    {
        (double[][] x, int[] y) = Draw(3000, 9);
        double[][] hidden = [.. x.Select((column, j) => missing.Contains(j) ? [.. column.Select(_ => double.NaN)] : column)];
        double averaged = LogLoss(Whole.ProbabilitiesOf(Rows(hidden, [0, 1, 2, 3])), y), without;
        int[] known = [.. Enumerable.Range(0, 4).Except(missing)];
        if (known.Length > 0)
            without = LogLoss(Fit(400, 1, known).ProbabilitiesOf(Rows(x, known)), y);
        else
            without = Log.Compute(3);

        Assert.InRange(averaged, 0, without + 0.02);
    }

    /// <summary>By hand: without known columns to go by, the probability is the plain mean over the rows stored.</summary>
    [Fact]
    public void AllCellsMissing_GiveTheMeanOverTheStoredRows()
    {
        Table none = Rows([[double.NaN], [double.NaN], [double.NaN], [double.NaN]], [0, 1, 2, 3]);
        Prediction prediction = Whole.Predict(none, new PredictionOptions { Top = 3 })[0];
        Probabilities each = Whole.Calibrator.Apply(Whole.Model.Score(Whole.StoredRows!.Features));
        for (int k = 0; k < 3; k++)
        {
            double mean = Enumerable.Range(0, each.Rows).Average(row => each.Row(row)[k]);
            Assert.Equal(mean, prediction.Top.Single(top => top.Label == $"c{k}").Probability, 1e-12);
        }

        Assert.Equal((4, false, null), (prediction.MissingCells, prediction.Abstain, prediction.Reason));
        Assert.InRange(Whole.StoredRows.Count, StoredRows.FewRows, StoredRows.MostRows);
    }

    /// <summary>The same row alone, among others and from a file read back.</summary>
    [Fact]
    public void ARow_HasOneAnswer_AloneAmongOthersAndReadBack()
    {
        (double[][] x, _) = Draw(40, 3);
        for (int row = 0; row < 40; row += 3)
            (x[2][row], x[3][row]) = (double.NaN, double.NaN);

        Table all = Rows(x, [0, 1, 2, 3]);
        ISavedModel again = ModelFile.FromBytes(ModelFile.ToBytes(Whole));
        Assert.Equal(ModelFile.ToBytes(Whole), ModelFile.ToBytes(again));
        IReadOnlyList<Prediction> together = Whole.Predict(all), read = ((Classifier)again).Predict(all);
        for (int row = 0; row < 40; row++)
        {
            Prediction alone = Whole.Predict(all.Select([row]))[0];
            Assert.Equal(alone.Probability, together[row].Probability);
            Assert.Equal(alone.Probability, read[row].Probability);
            Assert.Equal(row % 3 == 0 ? 2 : 0, together[row].MissingCells);
            Assert.Equal(alone.Set, together[row].Set);
        }
    }

    [Fact]
    public void WithoutStoredRows_SuchARowAbstains_AndSaysWhy()
    {
        Classifier bare = Fit(200, 1, [0, 1, 2, 3], new ClassifierOptions { StoreRows = false });
        Assert.Equal(0, bare.StoredRows!.Count);
        var notes = new List<string>();
        IReadOnlyList<Prediction> two = bare.Predict(
            Rows([[1, 1], [1, double.NaN], [0, 0], [0, 0]], [0, 1, 2, 3]), notes: notes);
        Assert.False(two[0].Abstain);
        Assert.True(two[1].Abstain);
        Assert.StartsWith("'x1' missing, which never happened in training", two[1].Reason, StringComparison.Ordinal);
        Assert.Contains(notes, note => note.StartsWith("1 of 2 rows abstain", StringComparison.Ordinal));
    }

    [Fact]
    public void AModelOfBefore_AnswersAsBefore_AndSaysWhatItCantDo()
    {
        var old = new Classifier(Whole.Pipeline, Whole.Model, Whole.Calibrator, Whole.Classes, Whole.Facts);
        var notes = new List<string>();
        Table row = Rows([[1], [1], [double.NaN], [0]], [0, 1, 2, 3]);
        Prediction prediction = old.Predict(row, notes: notes)[0];
        Assert.Equal(Top(Whole.Calibrator.Apply(Whole.Score(row))), prediction.Probability);
        Assert.Equal((1, false), (prediction.MissingCells, prediction.Abstain));
        Assert.Contains("column 'x2' is missing in 1 of 1 rows", Assert.Single(notes), StringComparison.Ordinal);

        static double Top(Probabilities p) => p.Row(0).ToArray().Max();
    }

    [Fact]
    public void AnAbsentColumn_IsAnError_UnlessAllowed()
    {
        Table lacking = Rows([[1], [1], [0], [0]], [0, 1, 3]);
        Assert.Contains(
            "'x2' is absent", Assert.Throws<InvalidDataException>(() => Whole.Predict(lacking)).Message, StringComparison.Ordinal);
        Prediction allowed = Whole.Predict(lacking, new PredictionOptions { AllowAbsentColumns = true })[0];
        Prediction empty = Whole.Predict(Rows([[1], [1], [double.NaN], [0]], [0, 1, 2, 3]))[0];
        Assert.Equal((empty.Probability, 1), (allowed.Probability, allowed.MissingCells));
    }

    /// <summary>A category, a text and a vector that never missed are averaged over too; a column that missed in training is not.</summary>
    [Fact]
    public void EveryKind_IsAveraged_WhereItNeverMissed()
    {
        var rng = new Rng(4);
        int[] y = [.. Enumerable.Range(0, 300).Select(_ => rng.NextInt(2))];
        IColumn[] columns =
        [
            CategoryColumn.FromNames("kind", [.. y.Select(k => rng.NextDouble() < 0.9 ? $"k{k}" : $"k{1 - k}")]),
            TextColumn.FromStrings("said", [.. y.Select(k => rng.NextDouble() < 0.9 ? $"word{k} here" : $"word{1 - k} there")]),
            new VectorColumn("v", [.. y.SelectMany(k => new[] { (float)(k + rng.NextNormal()), (float)rng.NextNormal() })], 300, 2),
            new NumberColumn("known", [.. y.Select(k => rng.NextDouble() < 0.2 ? double.NaN : k + rng.NextNormal())]),
        ];
        var data = new DataSet(new Table(columns), new Labels(y, ["c0", "c1"]));
        Classifier classifier = new ClassifierLearner().Fit(data, cancellationToken: TestContext.Current.CancellationToken).Classifier;
        Assert.Equal(["kind", "said", "v"], classifier.StoredRows!.NeverMissing.Order());
        Table lacking = new([
            CategoryColumn.FromNames("kind", [null, "k1", "k1", "k1"]),
            TextColumn.FromStrings("said", ["word1 here", null, "word1 here", "word1 here"]),
            new VectorColumn("v", [2, 0, 2, 0, float.NaN, 0, 2, 0], 4, 2),
            new NumberColumn("known", [1, 1, 1, double.NaN]),
        ]);
        IReadOnlyList<Prediction> predictions = classifier.Predict(lacking);
        Probabilities typical = classifier.Calibrator.Apply(classifier.Score(lacking)), averaged = classifier.ProbabilitiesOf(lacking);
        Assert.All(predictions, prediction => Assert.Equal(1, prediction.MissingCells));
        for (int row = 0; row < 3; row++)
            Assert.NotEqual(typical.Row(row)[1], averaged.Row(row)[1]);

        Assert.Equal(typical.Row(3)[1], averaged.Row(3)[1]);
    }

    [Fact]
    public void Load_RefusesWhatIsNoStoredRow()
    {
        (string Name, JsonNode? Value)[] changes =
            [("rows", 257), ("rows", 3), ("columns", new JsonArray("z")), ("never_missing", new JsonArray("z")), ("rows", null)];
        foreach ((string name, JsonNode? value) in changes)
        {
            var tensors = new Credence.Persistence.NamedTensors();
            JsonObject saved = Whole.StoredRows!.Save(tensors);
            saved[name] = value?.DeepClone();
            Assert.Throws<InvalidDataException>(() => StoredRows.Load(saved, tensors, Whole.Pipeline));
        }
    }

    private static Classifier Fit(int rows, ulong seed, int[] columns, ClassifierOptions? options = null)
    {
        (double[][] x, int[] y) = Draw(rows, seed);
        return new ClassifierLearner(options).Fit(
            new DataSet(Rows(x, columns), new Labels(y, ["c0", "c1", "c2"])), cancellationToken: TestContext.Current.CancellationToken)
            .Classifier;
    }

    private static Table Rows(double[][] x, int[] columns) => new([.. columns.Select(j => new NumberColumn($"x{j}", x[j]))]);

    private static (double[][] X, int[] Y) Draw(int rows, ulong seed)
    {
        var rng = new Rng(seed);
        double[][] x = [new double[rows], new double[rows], new double[rows], new double[rows]];
        var y = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            y[row] = rng.NextInt(3);
            double shared = rng.NextNormal();
            for (int j = 0; j < 4; j++)
                x[j][row] = Means[y[row], j] + (0.6 * shared) + (0.8 * rng.NextNormal());
        }

        return (x, y);
    }

    private static double LogLoss(Probabilities p, int[] y)
    {
        double sum = 0;
        for (int row = 0; row < y.Length; row++)
            sum -= Log.Compute(p.Row(row)[y[row]]);

        return sum / y.Length;
    }
}
