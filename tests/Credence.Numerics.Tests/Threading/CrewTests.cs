using Xunit;

namespace Credence.Numerics.Tests;

public sealed class CrewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void EveryPiece_IsDoneOnceInEveryRound(int members)
    {
        using var crew = new Crew(members);
        for (int round = 0; round < 500; round++)
        {
            int count = round % 13;
            int[] times = new int[count];
            crew.Run(count, (piece, member) =>
            {
                Assert.InRange(member, 0, members - 1);
                Interlocked.Increment(ref times[piece]);
            });

            Assert.All(times, done => Assert.Equal(1, done));
        }
    }

    [Fact]
    public void FaultOfAPiece_ReachesTheCaller_WhoCanGoOn()
    {
        using var crew = new Crew(3);

        AggregateException error = Assert.Throws<AggregateException>(
            () => crew.Run(8, (piece, _) => _ = piece == 5 ? throw new InvalidOperationException("five") : 0));

        Assert.Equal("five", error.InnerException!.Message);
        int done = 0;
        crew.Run(8, (_, _) => Interlocked.Increment(ref done));
        Assert.Equal(8, done);
    }
}
