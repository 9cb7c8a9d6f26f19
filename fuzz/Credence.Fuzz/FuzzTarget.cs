using Credence.Numerics;

namespace Credence.Fuzz;

/// <summary>A reader that strange bytes are given to.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="FileName">The name of the file that the bytes are written to.</param>
/// <param name="Seeds">Small good files, made in code.</param>
/// <param name="Words">What is written into them, beside bytes by chance.</param>
/// <param name="Read">Reads the file at a path, whole.</param>
public sealed record FuzzTarget(string Name, string FileName, Func<IReadOnlyList<byte[]>> Seeds, string[] Words, Action<string> Read)
{
    /// <summary>Changes a mutated input so that the reader looks at more of it than its checksum; nothing by default.</summary>
    public Func<byte[], byte[]> Repair { get; init; } = input => input;

    /// <summary>Changes a good file within its format: given the file, what changes bytes, and the chance. Null where there is no such
    /// way; where it fails, because the file was not good, bytes are changed.</summary>
    public Func<byte[], Func<byte[], byte[]>, Rng, byte[]>? Structure { get; init; }
}
