using System.Numerics;

namespace Credence.Networks.Layers;

/// <summary>What a network's layers share when their memory is planned.</summary>
/// <typeparam name="T">float, or double where gradients are checked.</typeparam>
/// <param name="Layout">Receives the parameters.</param>
/// <param name="Members">The number of threads.</param>
/// <param name="ChunkRows">The most rows that a thread takes through the network at once.</param>
/// <param name="BatchRows">The most rows of a step.</param>
/// <param name="IsTraining">Whether there are backward passes.</param>
internal sealed record RunSetting<T>(ParameterLayout Layout, int Members, int ChunkRows, int BatchRows, bool IsTraining)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Memory for each member.</summary>
    public T[][] PerMember(int length)
    {
        var memory = new T[Members][];
        for (int member = 0; member < Members; member++)
            memory[member] = GC.AllocateArray<T>(length, pinned: true);

        return memory;
    }
}
