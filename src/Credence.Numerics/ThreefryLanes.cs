using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>The cipher of <see cref="Rng"/> on eight counters at once, and what is made of its bits.</summary>
internal static unsafe class ThreefryLanes
{
    /// <summary>Numbers in eight blocks.</summary>
    public const int Count = 16;

    /// <summary>The sixteen numbers of the blocks <paramref name="counter"/> to <paramref name="counter"/> + 7, in order.</summary>
    public static void Blocks(ulong key0, ulong key1, ulong counter, ulong* to)
    {
        Vector512<ulong> k0 = Vector512.Create(key0), k1 = Vector512.Create(key1), k2 = Vector512.Create(Rng.Parity) ^ k0 ^ k1;
        Vector512<ulong> x0 = Vector512.Create(counter) + Vector512<ulong>.Indices + k0, x1 = k1;
        Rounds(ref x0, ref x1, 16, 42, 12, 31);
        (x0, x1) = (x0 + k1, x1 + k2 + Vector512.Create(1UL));
        Rounds(ref x0, ref x1, 16, 32, 24, 21);
        (x0, x1) = (x0 + k2, x1 + k0 + Vector512.Create(2UL));
        Rounds(ref x0, ref x1, 16, 42, 12, 31);
        (x0, x1) = (x0 + k0, x1 + k1 + Vector512.Create(3UL));
        Rounds(ref x0, ref x1, 16, 32, 24, 21);
        (x0, x1) = (x0 + k1, x1 + k2 + Vector512.Create(4UL));
        Rounds(ref x0, ref x1, 16, 42, 12, 31);
        (x0, x1) = (x0 + k2, x1 + k0 + Vector512.Create(5UL));
        for (int lane = 0; lane < Vector512<ulong>.Count; lane++)
            (to[2 * lane], to[(2 * lane) + 1]) = (x0.GetElement(lane), x1.GetElement(lane));
    }

    /// <summary>The upper 53 bits as whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Whole(Vector512<ulong> bits)
    {
        // Integers laid into the mantissas of 2^84 and 2^52; both parts are exact and so is their sum.
        Vector512<double> high = ((bits >>> 32) | Vector512.Create(0x4530000000000000UL)).AsDouble() - Vector512.Create(19342813113834066795298816.0);
        Vector512<double> low = (((bits >>> 11) & Vector512.Create(0x1FFFFFUL)) | Vector512.Create(0x4330000000000000UL)).AsDouble()
            - Vector512.Create(4503599627370496.0);
        return (high * Vector512.Create(1.0 / 2048)) + low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rounds(ref Vector512<ulong> x0, ref Vector512<ulong> x1, int r0, int r1, int r2, int r3)
    {
        x0 += x1;
        x1 = Rotate(x1, r0) ^ x0;
        x0 += x1;
        x1 = Rotate(x1, r1) ^ x0;
        x0 += x1;
        x1 = Rotate(x1, r2) ^ x0;
        x0 += x1;
        x1 = Rotate(x1, r3) ^ x0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Rotate(Vector512<ulong> x, int by) => (x << by) | (x >>> (64 - by));
}
