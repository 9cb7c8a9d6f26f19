using Credence.Linear.Minibatch;
using Credence.Tests.Support;

namespace Credence.Tests.Linear.Minibatch;

/// <summary>Runs while nothing else does: what is measured is the memory of the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

[Collection(Alone.Name)]
public sealed class MinibatchMemoryTests
{
    [Fact]
    public void Memory_DoesNotGrowWithTheRows()
    {
        long few = Peak(40_000), many = Peak(400_000);
        Assert.True(many < few + (8 << 20), $"{few} bytes with 40,000 rows, {many} with 400,000");

        static long Peak(long rows)
        {
            var source = MadeRows.Drawn(rows, 16, 3, 2048);
            long peak = 0;
            var watched = new MadeRows(16, 3, rows, first =>
            {
                if (first % (1 << 14) == 0)
                    peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
                return source.Chunk(first);
            });
            new MinibatchSoftmaxRegression(new() { Epochs = 1, BufferRows = 1 << 14 }).Fit(watched);
            return peak;
        }
    }
}
