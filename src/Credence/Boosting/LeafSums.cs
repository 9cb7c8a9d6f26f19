using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Credence.Boosting;

/// <summary>The sums of all bins of a leaf, in memory where none lies across two lines of the cache.</summary>
internal sealed unsafe class LeafSums
{
    private readonly long[] memory;
    private readonly int start;

    public LeafSums(int bins)
    {
        memory = GC.AllocateUninitializedArray<long>(checked((2 * bins) + 1), pinned: true);
        start = (int)((nuint)Unsafe.AsPointer(ref memory[0]) & 15) / sizeof(long);
    }

    /// <summary>The sums of some bins.</summary>
    public Span<BinSums> Slice(int from, int to) =>
        MemoryMarshal.Cast<long, BinSums>(memory.AsSpan(start + (2 * from), 2 * (to - from)));
}
