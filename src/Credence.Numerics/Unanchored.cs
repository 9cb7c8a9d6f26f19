using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The exponentials of logits so small (<see cref="ExpLanes.NarrowLimit"/>) that nothing is shifted.</summary>
internal readonly struct Unanchored<V, T, TScaling>(V scale, V rounder) : IExponential<V>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TScaling : struct, IScaling
{
    private readonly V scale = scale, rounder = rounder;

    /// <summary>x·scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Logit(V x) => TScaling.IsScaled ? x * scale : x;

    /// <summary>e^z·2^<see cref="ExpLanes.Offset"/>, or without the offset, as the rounder says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V ExpOfLogit(V z) => ExpLanes.Shifted<V, T>(z, rounder);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Exp(V x) => ExpOfLogit(Logit(x));
}

/// <summary>Whether logits are taken as they are, known when the code is compiled.</summary>
internal interface IScaling
{
    /// <summary>Whether a base is subtracted and a scale multiplied with; otherwise they are 0 and 1.</summary>
    static abstract bool IsScaled { get; }
}

/// <summary>As they are.</summary>
internal readonly struct Unscaled : IScaling
{
    public static bool IsScaled => false;
}

/// <summary>Multiplied.</summary>
internal readonly struct Scaled : IScaling
{
    public static bool IsScaled => true;
}
