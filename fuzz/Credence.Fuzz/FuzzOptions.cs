namespace Credence.Fuzz;

/// <summary>How long is looked, and what an input may take.</summary>
public sealed record FuzzOptions
{
    /// <summary>The seconds after which no new input is tried.</summary>
    public double Seconds { get; init; } = double.PositiveInfinity;

    /// <summary>The most inputs that are tried.</summary>
    public long Inputs { get; init; } = long.MaxValue;

    /// <summary>The seed of all chance.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The most memory that the process may hold after an input and a collection of garbage.</summary>
    public long MaxResidentBytes { get; init; } = 1L << 30;

    /// <summary>The most that one input may allocate, beside a multiple of its length.</summary>
    public long MaxAllocatedBytes { get; init; } = 1L << 30;

    /// <summary>The most seconds that one input may take, beside one for each 4 MB of it.</summary>
    public double MaxSeconds { get; init; } = 10;

    /// <summary>Whether an input that never ends ends the process, having been written to a file.</summary>
    public bool Watched { get; init; }
}
