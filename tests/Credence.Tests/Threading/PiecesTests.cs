using Credence.Threading;

namespace Credence.Tests.Threading;

public class PiecesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void For_ThrowsWhatTheFirstUnfitPieceThrew(int maxThreads)
    {
        for (int repeat = 0; repeat < 50; repeat++)
        {
            var fault = Assert.Throws<InvalidDataException>(() => Pieces.For(200, maxThreads, piece =>
            {
                if (piece % 7 == 3)
                    throw new InvalidDataException($"{piece}");
            }));
            Assert.Equal("3", fault.Message);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void For_OfSoundPieces_CallsEachOnce(int maxThreads)
    {
        int[] calls = new int[100];
        Pieces.For(calls.Length, maxThreads, piece => Interlocked.Increment(ref calls[piece]));
        Assert.All(calls, count => Assert.Equal(1, count));
    }

    [Fact]
    public void For_Cancelled_ThrowsThat()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Pieces.For(1000, 2, _ => source.Cancel(), source.Token));
    }
}
