using System.Runtime.InteropServices;

namespace Credence.Numerics;

/// <summary>Masks that keep the first lanes of a vector.</summary>
internal static unsafe class LaneMasks
{
    // 64 bytes of ones, then 64 of zeros: read from 64 − n bytes on, it keeps the first n bytes.
    private static ReadOnlySpan<ulong> Ones =>
    [
        ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue,
        0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>
    /// The address of a vector of up to 64 bytes with all bits set in its first <paramref name="count"/> lanes and none in the others.
    /// The memory is constant data of the program and never moves.
    /// </summary>
    public static T* First<T>(int count)
        where T : unmanaged
    {
        fixed (ulong* ones = &MemoryMarshal.GetReference(Ones))
            return (T*)((byte*)ones + 64) - count;
    }
}
