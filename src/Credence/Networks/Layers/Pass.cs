using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>A chunk's way through a network.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Member">The thread, whose memory is used.</param>
/// <param name="Chunk">The chunk's number in its batch.</param>
/// <param name="First">The chunk's first row in its batch.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Noise">The chunk's random numbers in training; null in prediction.</param>
/// <param name="Sums">The chunk's part of the gradients that are summed over chunks; needed for a backward pass.</param>
internal readonly record struct Pass<T>(int Member, int Chunk, int First, int Rows, Rng? Noise, Memory<T> Sums)
{
    /// <summary>Whether the network is trained.</summary>
    public bool IsTraining => Noise is not null;
}
