using Credence.Numerics;

namespace Credence.Tests.Numerics;

public sealed class RngTests
{
    /// <summary>The known answers that come with the Random123 library (kat_vectors, threefry2x64 20).</summary>
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0UL, 0xc2b6e3a8c2c69865UL, 0x6f81ed42f350084dUL)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0xe02cb7c4d95d277aUL, 0xd06633d0893b8b68UL)]
    [InlineData(
        0x243f6a8885a308d3UL, 0x13198a2e03707344UL, 0xa4093822299f31d0UL, 0x082efa98ec4e6c89UL, 0x263c7d30bb0f0af1UL, 0x56be8361d3311526UL)]
    public void Threefry_GivesKnownAnswers(ulong c0, ulong c1, ulong k0, ulong k1, ulong first, ulong second) =>
        Assert.Equal((first, second), Rng.Threefry(k0, k1, c0, c1));

    [Fact]
    public void Sequence_BeginsWithTheCipherOfZero()
    {
        var rng = new Rng(0);
        Assert.Equal(0xc2b6e3a8c2c69865UL, rng.NextUInt64());
        Assert.Equal(0x6f81ed42f350084dUL, rng.NextUInt64());
    }
}
