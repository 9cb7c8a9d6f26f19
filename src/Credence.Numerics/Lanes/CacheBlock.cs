namespace Credence.Numerics;

/// <summary>The memory that kernels work on at once: small enough for the first-level cache, and aligned to its lines.</summary>
internal static unsafe class CacheBlock
{
    /// <summary>Elements worked on at once: 8 KiB of floats, so that they, their logits and their results share the first-level
    /// cache.</summary>
    public const int Elements = 2048;

    /// <summary>The first address at or after <paramref name="memory"/> where a cache line begins.</summary>
    public static T* Aligned<T>(byte* memory)
        where T : unmanaged => (T*)(((nuint)memory + 63) & ~(nuint)63);
}
