using System.Text;
using System.Text.Json;
using Credence.Persistence;

namespace Credence.Tests.Persistence;

public class JsonLimitsTests
{
    [Fact]
    public void AListOfMillionsOfEmptyLists_IsRefusedBeforeObjectsAreMadeOfThem()
    {
        byte[] json = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("[]", 1 << 21))}]");

        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() => JsonLimits.CheckValues(json, maxDepth: 8));

        Assert.Equal("The model's description has more than 2,097,152 values, the limit. Train on fewer columns.", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }

    [Fact]
    public void ADescriptionLongerThanTheLimit_IsRefused()
    {
        var error = Assert.Throws<InvalidDataException>(() => JsonLimits.CheckDescription($"\"{new string('x', 1 << 25)}\"", maxDepth: 8));

        Assert.Equal("The model's description has 33,554,434 bytes, above the limit of 33,554,432. Train on fewer columns, or on shorter "
            + "names of columns and classes.", error.Message);
    }

    [Fact]
    public void ADeeperOne_IsNoJson() =>
        Assert.ThrowsAny<JsonException>(() => JsonLimits.CheckValues("[[[]]]"u8, maxDepth: 2));
}
