using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Credence.Fuzz.Coverage;

/// <summary>The branches that an input took, as instrumented assemblies count them: a byte for each pair of places that follow each
/// other (M. Zalewski, american fuzzy lop, technical details). Counts of 1, 2, 3, 4, 8, 16, 32 and 128 or more are told apart.</summary>
internal sealed unsafe class EdgeCoverage
{
    private const int Size = 1 << 16;
    private readonly byte[] seen = new byte[Size];

    private EdgeCoverage()
    {
    }

    /// <summary>The pairs that any input took.</summary>
    public int Edges { get; private set; }

    /// <summary>Gives instrumented code its memory: before any of it runs.</summary>
    public static void Begin() => Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(Size);

    /// <summary>The coverage, or null where the assemblies are not instrumented.</summary>
    public static EdgeCoverage? Current() => Trace.SharedMem == null ? null : new EdgeCoverage();

    /// <summary>Forgets the last input.</summary>
    public void Clear() => new Span<byte>(Trace.SharedMem, Size).Clear();

    /// <summary>Whether the last input took a pair, or took it as often, as none before.</summary>
    public bool HasNew()
    {
        bool isNew = false;
        ReadOnlySpan<byte> taken = new(Trace.SharedMem, Size);
        for (int edge = 0; edge < Size; edge++)
        {
            if (taken[edge] == 0)
                continue;

            byte bucket = Bucket(taken[edge]);
            if ((seen[edge] & bucket) != 0)
                continue;

            Edges += seen[edge] == 0 ? 1 : 0;
            seen[edge] |= bucket;
            isNew = true;
        }

        return isNew;
    }

    private static byte Bucket(byte count) => count switch
    {
        < 4 => (byte)(1 << (count - 1)),
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
