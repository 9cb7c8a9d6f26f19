using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Json;

/// <summary>One JSON list of objects, as pandas and most services write it.</summary>
public sealed class JsonListTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("d.json")]
    [InlineData("d.txt")]
    public void ItsObjects_AreRows(string name)
    {
        const string Text = "[\n {\n \"t\": \"a [b], \\\"c\\\" {\",\n \"n\": {\"x\": 1, \"y\": [2, 3]}},\r\n"
            + "{\"t\": \"\", \"n\": {\"x\": null, \"y\": [4, 5]}}\n]\n";
        DataChunk rows = scratch.Rows(name, Text, new ReadOptions { Text = "t" });

        Assert.Equal(["a [b], \"c\" {", ""], rows.Texts("t"));
        Assert.Equal([1, double.NaN], rows.Numbers("n.x"));
        Assert.Equal([2, 4], rows.Numbers("n.y[0]"));
        Assert.Equal([3, 5], rows.Numbers("n.y[1]"));
    }

    [Theory]
    [InlineData("[{\"x\": 1}, {\"x\": 2}", "d.json is damaged: its list has no end. Was it copied whole?")]
    [InlineData("[{\"x\": 1}] {\"x\": 2}", "d.json has other text after its list.")]
    [InlineData("[{\"x\": 1},, {\"x\": 2}]", "d.json has a list with nothing between two commas.")]
    [InlineData("[]", "d.json is empty.")]
    public void WhatIsNoWholeList_IsRefused(string text, string message) =>
        Assert.Equal(message, scratch.Refusal<InvalidDataException>("d.json", text));

    [Fact]
    public void AnItemThatIsNoObject_IsNamedByItsNumber() => Assert.StartsWith("d.json line 2 is not a JSON object",
        scratch.Refusal<InvalidDataException>("d.json", "[{\"x\": 1}, 2]"), StringComparison.Ordinal);
}
