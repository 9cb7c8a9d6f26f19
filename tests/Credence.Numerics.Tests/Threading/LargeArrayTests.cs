namespace Credence.Numerics.Tests;

public class LargeArrayTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(524_287)]
    [InlineData(524_288)]
    [InlineData(3_000_001)]
    public void Arrays_HoldWhatIsWritten_WhateverTheirPages(int length)
    {
        double[] values = LargeArray.Uninitialized<double>(length), rented = LargeArray.Rent<double>(length);
        Assert.Equal(length, values.Length);
        Assert.True(rented.Length >= length);
        for (int i = 0; i < length; i++)
            values[i] = rented[i] = i + 0.5;

        for (int i = 0; i < length; i++)
            Assert.True(values[i] == i + 0.5 && rented[i] == i + 0.5);

        System.Buffers.ArrayPool<double>.Shared.Return(rented);
    }

    [Fact]
    public void Lengths_BelowZero_AreRefused()
    {
        Assert.Throws<OverflowException>(() => LargeArray.Uninitialized<float>(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LargeArray.Rent<float>(-1));
    }
}
