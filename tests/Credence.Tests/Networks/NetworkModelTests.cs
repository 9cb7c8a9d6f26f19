using System.Text.Json.Nodes;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Networks;
using Credence.Networks.Layers;
using Credence.Numerics;
using Credence.Persistence;
using Xunit;

namespace Credence.Tests.Networks;

public sealed class NetworkModelTests
{
    private static readonly Network Small = new(
        new LayerShape(4, 4, 1),
        [
            new ConvolutionLayer(3, 3, 3), new BatchNormalizationLayer(), new ActivationLayer(ActivationKind.Mish),
                new GlobalAverageLayer(),
            new DenseLayer(2),
        ]);

    [Fact]
    public void SavedModel_GivesTheSameBits()
    {
        NetworkModel model = Drawn();
        var tensors = new NamedTensors();

        NetworkModel read = NetworkModel.Load(model.Save(tensors, "m."), tensors, "m.");

        DenseMatrix rows = Rows(100);
        Assert.Equal(model.Score(rows, 1).Values.ToArray(), read.Score(rows, 3).Values.ToArray());
        Assert.Equal(model.Parameters, read.Parameters);
    }

    [Fact]
    public void RowAlone_HasTheLogitsThatItHasAmongOthers()
    {
        NetworkModel model = Drawn();
        DenseMatrix rows = Rows(40);

        Assert.Equal(model.Score(rows).Row(29).ToArray(), model.Score(rows.Select([29])).Row(0).ToArray());
    }

    [Fact]
    public void PenultimateFeatures_AreTheInputOfTheLastLayer()
    {
        NetworkModel model = Drawn();
        DenseMatrix rows = Rows(20);

        var before = (DenseMatrix)model.PenultimateFeatures(rows);

        Assert.Equal(3, before.Columns);
        NetworkRun<float> last = new Network(LayerShape.Vector(3), [new DenseLayer(2)]).Run<float>(1, 1, 1, false);
        var saved = new NamedTensors();
        model.Save(saved, "");
        last.Stack.Take(saved.Get<float>("parameters").AsSpan()[^8..]);
        var logits = new float[2];
        last.Score(0, before.Row(11), 1, logits);
        Assert.Equal(model.Score(rows).Row(11).ToArray().Select(z => (float)z), logits);
    }

    [Fact]
    public void Contributions_AddUpToTheDifferenceOfTheLogits()
    {
        NetworkModel model = Drawn();
        DenseMatrix rows = Rows(5);

        LogitContributions found = model.Contributions(rows.Select([3]), 1, 0);

        ReadOnlySpan<double> logits = model.Score(rows).Row(3), zero = model.Score(new DenseMatrix(new float[16], 1, 16)).Row(0);
        Assert.Equal(zero[1] - zero[0], found.Base, 1e-5);
        Assert.Equal(logits[1] - logits[0], found.Base + found.Terms.Sum(term => term.LogOdds), 1e-5);
        Assert.Equal(16, found.Terms.Count);
    }

    [Theory]
    [InlineData("input", "[4, 4]")]
    [InlineData("input", "[40000, 40000, 1]")]
    [InlineData("features", "15")]
    [InlineData("layers", """[{"kind": "dense", "units": 1000000, "bias": true}]""")]
    [InlineData("layers", """[{"kind": "max_pooling", "height": 9, "width": 9}]""")]
    [InlineData("layers", """[{"kind": "convolution", "filters": 1000000, "height": 1, "width": 1, "bias": false}]""")]
    public void ModelThatIsNoNetwork_IsRefused(string field, string value)
    {
        var tensors = new NamedTensors();
        JsonObject saved = Drawn().Save(tensors, "");
        saved[field] = JsonNode.Parse(value);

        Assert.Throws<InvalidDataException>(() => NetworkModel.Load(saved, tensors, ""));
    }

    private static NetworkModel Drawn()
    {
        NetworkRun<float> run = Small.Run<float>(1, 1, 1, false);
        int[] places = [.. Enumerable.Range(0, 16).Reverse()];
        float[] centers = [.. Enumerable.Range(0, 16).Select(i => i / 16f)], factors = [.. Enumerable.Repeat(2f, 16)];
        var inputs = new NetworkInputs(16, places, centers, factors, [.. places.Select(place => place % 2 == 0)]);
        return new NetworkModel(Small, inputs, run.Initial(new Rng(4)));
    }

    private static DenseMatrix Rows(int count)
    {
        var values = new float[count * 16];
        new Rng(8).FillNormal(values);
        return new DenseMatrix(values, count, 16);
    }
}
