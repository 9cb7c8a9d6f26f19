using System.Runtime.InteropServices;

namespace Credence.Numerics.Tests;

/// <summary>The bits of results, as one number.</summary>
internal static class Bits
{
    /// <summary>FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo, 1991) over 32 bits at a time.</summary>
    public static ulong Hash<T>(ReadOnlySpan<T> values, ulong seed = 14695981039346656037)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        int whole = bytes.Length / 4 * 4;
        foreach (uint word in MemoryMarshal.Cast<byte, uint>(bytes[..whole]))
            seed = unchecked((seed ^ word) * 1099511628211);
        foreach (byte b in bytes[whole..])
            seed = unchecked((seed ^ b) * 1099511628211);
        return seed;
    }
}
