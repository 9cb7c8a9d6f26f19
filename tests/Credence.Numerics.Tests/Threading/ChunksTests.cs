namespace Credence.Numerics.Tests;

public sealed class ChunksTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 8)]
    [InlineData(7, 2)]
    [InlineData(1000, 3)]
    [InlineData(1000, 0)]
    public void For_CallsEveryNumberOnce(int chunks, int maxThreads)
    {
        for (int repeat = 0; repeat < 20; repeat++)
        {
            int[] calls = new int[chunks];
            Chunks.For(chunks, maxThreads, chunk => Interlocked.Increment(ref calls[chunk]));
            Assert.All(calls, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void For_WithinAFor_OfMorePiecesThanThreads_Ends()
    {
        int calls = 0;
        Chunks.For(64, 8, _ => Chunks.For(16, 8, _ => Interlocked.Increment(ref calls)));
        Assert.Equal(64 * 16, calls);
    }

    [Fact]
    public void For_OfAPieceThatThrows_ThrowsWhatItThrew_WhenNoneIsAtWork()
    {
        int atWork = 0;
        var fault = Assert.Throws<AggregateException>(() => Chunks.For(500, 4, chunk =>
        {
            Interlocked.Increment(ref atWork);
            try
            {
                if (chunk == 250)
                    throw new InvalidDataException("250");
            }
            finally
            {
                Interlocked.Decrement(ref atWork);
            }
        }));
        Assert.Equal(0, atWork);
        Assert.Equal("250", Assert.IsType<InvalidDataException>(Assert.Single(fault.InnerExceptions)).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void For_Cancelled_ThrowsThat_AndLeavesTheRestOut(int maxThreads)
    {
        using var source = new CancellationTokenSource();
        int calls = 0;
        Assert.Throws<OperationCanceledException>(() => Chunks.For(
            1_000_000,
            maxThreads,
            _ =>
            {
                Interlocked.Increment(ref calls);
                source.Cancel();
            },
            source.Token));
        Assert.InRange(calls, 1, 1000);
    }

    [Fact]
    public void For_OfNegativeNumbers_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Chunks.For(-1, 1, _ => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Chunks.For(1, -1, _ => { }));
    }
}
