using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The cipher of <see cref="Rng"/> on as many counters at once as a vector has lanes.</summary>
internal static unsafe class ThreefryLanes
{
    /// <summary>The number of values in eight blocks.</summary>
    public const int Count = 16;

    /// <summary>The sixteen numbers of the blocks <paramref name="counter"/> to <paramref name="counter"/> + 7, in order.</summary>
    public static void Blocks<V>(ulong key0, ulong key1, ulong counter, ulong* to)
        where V : struct, ILanes<V, double>
    {
        ulong* counters = stackalloc ulong[2 * Count], firsts = counters + (Count / 2), seconds = firsts + (Count / 2);
        for (int block = 0; block < Count / 2; block++)
            counters[block] = counter + (ulong)block;
        for (int block = 0; block < Count / 2; block += V.Count)
        {
            (V first, V second) = Cipher<V>(key0, key1, V.Load((double*)counters + block));
            first.Store((double*)firsts + block);
            second.Store((double*)seconds + block);
        }

        for (int block = 0; block < Count / 2; block++)
            (to[2 * block], to[(2 * block) + 1]) = (firsts[block], seconds[block]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second) Cipher<V>(ulong key0, ulong key1, V counter)
        where V : struct, ILanes<V, double>
    {
        V k0 = V.FromBits((long)key0), k1 = V.FromBits((long)key1), k2 = V.FromBits((long)(Rng.Parity ^ key0 ^ key1));
        V x0 = V.AddBits(counter, k0), x1 = k1;
        Rounds(ref x0, ref x1, 16, 42, 12, 31);
        Inject(ref x0, ref x1, k1, k2, 1);
        Rounds(ref x0, ref x1, 16, 32, 24, 21);
        Inject(ref x0, ref x1, k2, k0, 2);
        Rounds(ref x0, ref x1, 16, 42, 12, 31);
        Inject(ref x0, ref x1, k0, k1, 3);
        Rounds(ref x0, ref x1, 16, 32, 24, 21);
        Inject(ref x0, ref x1, k1, k2, 4);
        Rounds(ref x0, ref x1, 16, 42, 12, 31);
        Inject(ref x0, ref x1, k2, k0, 5);
        return (x0, x1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rounds<V>(ref V x0, ref V x1, int r0, int r1, int r2, int r3)
        where V : struct, ILanes<V, double>
    {
        Round(ref x0, ref x1, r0);
        Round(ref x0, ref x1, r1);
        Round(ref x0, ref x1, r2);
        Round(ref x0, ref x1, r3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round<V>(ref V x0, ref V x1, int by)
        where V : struct, ILanes<V, double>
    {
        x0 = V.AddBits(x0, x1);
        x1 = (V.ShiftLeft(x1, by) | V.ShiftRight(x1, 64 - by)) ^ x0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Inject<V>(ref V x0, ref V x1, V first, V second, int number)
        where V : struct, ILanes<V, double>
    {
        x0 = V.AddBits(x0, first);
        x1 = V.AddBits(x1, V.AddBits(second, V.FromBits(number)));
    }
}
