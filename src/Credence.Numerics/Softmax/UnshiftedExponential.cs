using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The unshifted exponentials of small logits (<see cref="ExpLanes.NarrowLimit"/>).</summary>
internal readonly struct UnshiftedExponential<V, T, TScaling>(V scale, V rounder) : IExponential<V>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TScaling : struct, IScaling
{
    private readonly V scale = scale, rounder = rounder;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Exp(V x) => ExpLanes.Shifted<V, T>(TScaling.IsScaled ? x * scale : x, rounder);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exp(ref V a, ref V b, ref V c, ref V d)
    {
        if (TScaling.IsScaled)
            (a, b, c, d) = (a * scale, b * scale, c * scale, d * scale);
        ExpLanes.Shifted<V, T>(ref a, ref b, ref c, ref d, rounder);
    }
}

/// <summary>Whether logits are scaled, known at compile time.</summary>
internal interface IScaling
{
    /// <summary>Whether a base is subtracted and a scale multiplied with; otherwise they are 0 and 1.</summary>
    static abstract bool IsScaled { get; }
}

/// <summary>Unscaled.</summary>
internal readonly struct Unscaled : IScaling
{
    public static bool IsScaled => false;
}

/// <summary>Scaled.</summary>
internal readonly struct Scaled : IScaling
{
    public static bool IsScaled => true;
}
