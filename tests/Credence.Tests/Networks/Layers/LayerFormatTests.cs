using System.Text.Json.Nodes;
using Credence.Networks.Layers;
using Xunit;

namespace Credence.Tests.Networks.Layers;

public sealed class LayerFormatTests
{
    [Theory]
    [InlineData("""{"layers": []}""", "0 layers")]
    [InlineData("""{"layers": [{"kind": "magic"}]}""", "'magic'")]
    [InlineData("""{"layers": [{"kind": "dense", "units": 0, "bias": true}]}""", "units")]
    [InlineData("""{"layers": [{"kind": "dense", "units": 3}]}""", "bias")]
    [InlineData("""{"layers": [{"kind": "activation", "function": "step"}]}""", "'step'")]
    [InlineData("""{"layers": [{"kind": "residual", "layers": []}]}""", "0 layers")]
    public void WhatIsNoLayer_IsRefusedByName(string json, string part)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => LayerFormat.Load((JsonObject)JsonNode.Parse(json)!));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DeepNesting_IsRefused()
    {
        string json = """{"kind": "activation", "function": "relu"}""";
        for (int i = 0; i < 20; i++)
            json = $$"""{"kind": "residual", "layers": [{{json}}]}""";

        Assert.Throws<InvalidDataException>(() => LayerFormat.Load((JsonObject)JsonNode.Parse($$"""{"layers": [{{json}}]}""")!));
    }
}
