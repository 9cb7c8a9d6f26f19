using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>Sine and cosine of many angles, each below 2^20 in magnitude.</summary>
internal static class WaveMaps
{
    /// <summary>y = sin x.</summary>
    public static void Sine(ReadOnlySpan<double> x, Span<double> y) => LaneMap.Apply<double, SineMap>(x, y);

    /// <summary>y = cos x.</summary>
    public static void Cosine(ReadOnlySpan<double> x, Span<double> y) => LaneMap.Apply<double, CosineMap>(x, y);

    private readonly struct SineMap : ILaneFunction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x)
            where V : struct, ILanes<V, double> => QuarterTurns.Both(x).Sine;
    }

    private readonly struct CosineMap : ILaneFunction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x)
            where V : struct, ILanes<V, double> => QuarterTurns.Both(x).Cosine;
    }
}
