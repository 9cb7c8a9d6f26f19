using System.Runtime.InteropServices;

namespace Credence.Conformal;

/// <summary>A row's 64-bit key and the uniform number derived from it. The same input has the same key wherever it is scored,
/// so its prediction set never changes from one call to the next.</summary>
public static class RowKey
{
    /// <summary>A key from a row's own bytes (its features as read, or its text): FNV-1a, then mixed.</summary>
    public static ulong Of(ReadOnlySpan<byte> content)
    {
        ulong hash = 14695981039346656037;
        foreach (byte part in content)
            hash = (hash ^ part) * 1099511628211;

        return Mix(hash ^ (ulong)content.Length);
    }

    /// <summary>A key from a row's numbers, where its source bytes are not available. Rows equal in every bit share a key.</summary>
    public static ulong Of(ReadOnlySpan<double> numbers)
    {
        ulong hash = 14695981039346656037;
        foreach (ulong bits in MemoryMarshal.Cast<double, ulong>(numbers))
            hash = Mix((hash ^ bits) * 1099511628211);

        return Mix(hash ^ (ulong)numbers.Length);
    }

    /// <summary>A key from a row's position in its file.</summary>
    public static ulong Of(int index) => Mix(0x9E3779B97F4A7C15UL * ((ulong)(uint)index + 1));

    /// <summary>A number in [0, 1), uniform over keys, and independent for another seed.</summary>
    public static double Uniform(ulong key, ulong seed) => (Mix(key ^ Mix(seed + 0x9E3779B97F4A7C15UL)) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Rejects keys that are not as many as the rows; none are needed where nothing is drawn by them.</summary>
    /// <exception cref="ArgumentException">There is not one key per row.</exception>
    internal static void Check(ReadOnlySpan<ulong> rowKeys, int rows, bool areNeeded)
    {
        if (rowKeys.Length != rows && (areNeeded || !rowKeys.IsEmpty))
            throw new ArgumentException($"There are {rows} rows and {rowKeys.Length} row keys; there must be as many.", nameof(rowKeys));
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every input bit changes half of the output bits.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
