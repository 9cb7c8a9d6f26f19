using System.Numerics;

namespace Credence.Numerics;

/// <summary>Where a kernel's rows come from: memory as it is, or something that is made into numbers a piece at a time.</summary>
internal unsafe interface IRowSource<T>
    where T : unmanaged
{
    /// <summary>Elements <paramref name="from"/>, … as they lie in memory or, made, in <paramref name="scratch"/>.</summary>
    T* Read(long from, int count, T* scratch);
}

/// <summary>Where a kernel's results go.</summary>
internal unsafe interface IRowTarget<T>
    where T : unmanaged
{
    /// <summary>Where to write results <paramref name="from"/>, …: their place or <paramref name="scratch"/>.</summary>
    T* Begin(long from, T* scratch);

    /// <summary>The memory itself, in which a long row's exponentials can wait for their sum; null where there is none.</summary>
    T* Memory { get; }

    /// <summary>Told when they are written.</summary>
    void End(long from, int count, T* scratch);
}

/// <summary>Numbers as they lie in memory.</summary>
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
