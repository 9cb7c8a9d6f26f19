using System.Text.Json;
using Credence.Data;
using Credence.Features.Matrices;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Features.Matrices;

/// <summary>Against NumPy, from the formula: tools/golden/text_features.py.</summary>
public class ColumnWeightsTests
{
    private static readonly JsonElement Known = KnownFeatures.Part("texts.json", "weights");

    [Theory]
    [InlineData("0")]
    [InlineData("0.5")]
    [InlineData("1")]
    [InlineData("2")]
    public void FactorsAndWeighedFeatures_AreThoseOfTheFormula(string power)
    {
        JsonElement[] rows = Known.GetProperty("matrix").Items();
        JsonElement expected = Known.GetProperty("powers").GetProperty(power);
        SparseMatrix matrix = Sparse([.. rows.Select(row => row.Numbers())]);
        var labels = new Labels([.. Known.GetProperty("labels").Numbers().Select(label => (int)label)], ["a", "b", "c"]);
        int first = Known.GetProperty("first").GetInt32(), count = Known.GetProperty("count").GetInt32();
        var span = new FeatureSpan(first, count, Known.GetProperty("norm").GetDouble());

        ColumnWeights weights = ColumnWeights.Compute(matrix, labels, _ => true, double.Parse(power), [span]);
        var applied = (SparseMatrix)weights.Apply(matrix);

        KnownFeatures.Close(expected.GetProperty("factors").Numbers(), weights.Factors.ToArray(), 1e-6);
        for (int row = 0; row < rows.Length; row++)
            KnownFeatures.Close(expected.GetProperty("weighed")[row].Numbers(), Dense(applied, row), 1e-6);
    }

    [Fact]
    public void RowsThatDoNotCount_AreNotLookedAt()
    {
        double[][] rows = [.. Known.GetProperty("matrix").Items().Select(row => row.Numbers())];
        var labels = new Labels([.. Known.GetProperty("labels").Numbers().Select(label => (int)label)], ["a", "b", "c"]);
        int[] some = [0, 2, 3, 5, 6, 9];
        FeatureSpan[] spans = [new FeatureSpan(0, 6, 1)];

        ColumnWeights held = ColumnWeights.Compute(Sparse(rows), labels, some.Contains, 1, spans);
        ColumnWeights alone = ColumnWeights.Compute(Sparse([.. some.Select(row => rows[row])]), labels.Select(some), _ => true, 1, spans);

        Assert.Equal(alone.Factors.ToArray(), held.Factors.ToArray());
        Assert.NotEqual(ColumnWeights.Compute(Sparse(rows), labels, _ => true, 1, spans).Factors.ToArray(), held.Factors.ToArray());
    }

    private static SparseMatrix Sparse(double[][] rows)
    {
        var starts = new List<int> { 0 };
        var indices = new List<int>();
        foreach (double[] row in rows)
        {
            indices.AddRange(Enumerable.Range(0, row.Length).Where(column => row[column] != 0));
            starts.Add(indices.Count);
        }

        float[] values = [.. rows.SelectMany(row => row.Where(value => value != 0)).Select(value => (float)value)];
        return new SparseMatrix([.. starts], [.. indices], values, rows[0].Length);
    }

    private static float[] Dense(SparseMatrix matrix, int row)
    {
        var dense = new float[matrix.Columns];
        for (int e = matrix.Starts[row]; e < matrix.Starts[row + 1]; e++)
            dense[matrix.Indices[e]] = matrix.Values[e];

        return dense;
    }
}
