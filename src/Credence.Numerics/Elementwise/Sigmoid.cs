using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The logistic function 1 / (1 + e^−x): the softmax of two classes whose logits differ by x.</summary>
public static class Sigmoid
{
    /// <summary>1 / (1 + e^−<paramref name="x"/>), without overflow; NaN gives NaN.</summary>
    public static float Compute(float x) => LaneMap.One<float, SigmoidMap<float>>(x);

    /// <summary>The logistic function of each element of <paramref name="x"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="y">At least as long as <paramref name="x"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is too short, or overlaps <paramref name="x"/> at an offset.</exception>
    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => LaneMap.Apply<float, SigmoidMap<float>>(x, y);

    /// <summary>1 / (1 + e^−<paramref name="x"/>), without overflow; NaN gives NaN.</summary>
    public static double Compute(double x) => LaneMap.One<double, SigmoidMap<double>>(x);

    /// <summary>The logistic function of each element of <paramref name="x"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="y">At least as long as <paramref name="x"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is too short, or overlaps <paramref name="x"/> at an offset.</exception>
    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => LaneMap.Apply<double, SigmoidMap<double>>(x, y);
}

/// <summary>The logistic function.</summary>
internal readonly struct SigmoidMap<T> : ILaneFunction<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x)
        where V : struct, ILanes<V, T>
    {
        V one = V.Constant(1), e = ExpLanes.Full<V, T>(x | V.Constant(-0.0));
        return V.Select(V.LessThan(x, V.Constant(0)), e, one) / (one + e);
    }
}
