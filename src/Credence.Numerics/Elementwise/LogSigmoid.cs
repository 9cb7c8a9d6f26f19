using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The logarithm of the logistic function: −ln(1 + e^−x), finite where the function itself underflows.</summary>
public static class LogSigmoid
{
    /// <summary>min(<paramref name="x"/>, 0) − ln(1 + e^−|<paramref name="x"/>|); NaN gives NaN.</summary>
    public static float Compute(float x) => LaneMap.One<float, LogSigmoidMap<float>>(x);

    /// <summary>The logarithm of the logistic function of each element of <paramref name="x"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="y">At least as long as <paramref name="x"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is too short, or overlaps <paramref name="x"/> at an offset.</exception>
    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => LaneMap.Apply<float, LogSigmoidMap<float>>(x, y);

    /// <summary>min(<paramref name="x"/>, 0) − ln(1 + e^−|<paramref name="x"/>|); NaN gives NaN.</summary>
    public static double Compute(double x) => LaneMap.One<double, LogSigmoidMap<double>>(x);

    /// <summary>The logarithm of the logistic function of each element of <paramref name="x"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="y">At least as long as <paramref name="x"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is too short, or overlaps <paramref name="x"/> at an offset.</exception>
    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => LaneMap.Apply<double, LogSigmoidMap<double>>(x, y);
}

/// <summary>The logarithm of the logistic function.</summary>
internal readonly struct LogSigmoidMap<T> : ILaneFunction<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x)
        where V : struct, ILanes<V, T>
    {
        V zero = V.Constant(0);
        V below = V.Select(V.LessThan(zero, x), zero, x);
        return below - LogOnePlus<V>(ExpLanes.Full<V, T>(x | V.Constant(-0.0)));
    }

    /// <summary>ln(1 + e) for e from 0 to 1: the rounding of 1 + e is compensated (W. Kahan; HP-15C Advanced Functions Handbook,
    /// 1982).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOnePlus<V>(V e)
        where V : struct, ILanes<V, T>
    {
        V one = V.Constant(1), u = one + e, rounded = u - one;
        V ratio = V.Select(V.Equal(rounded, V.Constant(0)), one, e / rounded);
        V log = LogLanes.Normal<V, T>(u, V.Constant(0)) * ratio;
        return V.Select(V.Equal(u, one), e, log);
    }
}
