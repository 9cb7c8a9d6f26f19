using System.Numerics;

namespace Credence.Numerics;

/// <summary>The source of a kernel's rows: memory, or data that is converted to numbers piece by piece.</summary>
internal unsafe interface IRowSource<T>
    where T : unmanaged
{
    /// <summary>Elements <paramref name="from"/>, … in memory or, converted, in <paramref name="scratch"/>.</summary>
    T* Read(long from, int count, T* scratch);
}

/// <summary>The target of a kernel's results.</summary>
internal unsafe interface IRowTarget<T>
    where T : unmanaged
{
    /// <summary>The address for results <paramref name="from"/>, …: their final place or <paramref name="scratch"/>.</summary>
    T* Begin(long from, T* scratch);

    /// <summary>The memory itself, which can store a long row's exponentials until their sum is known; null where there is none.</summary>
    T* Memory { get; }

    /// <summary>Called when the results are written.</summary>
    void End(long from, int count, T* scratch);
}

/// <summary>Numbers in memory.</summary>
internal readonly unsafe struct MemoryRows<T>(T* memory) : IRowSource<T>, IRowTarget<T>
    where T : unmanaged
{
    public T* Memory => memory;

    public T* Read(long from, int count, T* scratch) => memory + from;

    public T* Begin(long from, T* scratch) => memory + from;

    public void End(long from, int count, T* scratch)
    {
    }
}

/// <summary>Logits of which those whose mask is false count as −∞.</summary>
internal readonly unsafe struct MaskedRows<T>(T* memory, bool* mask) : IRowSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T* Read(long from, int count, T* scratch)
    {
        for (int i = 0; i < count; i++)
            scratch[i] = mask[from + i] ? memory[from + i] : T.NegativeInfinity;
        return scratch;
    }
}
