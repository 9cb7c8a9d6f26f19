using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The functions between a network's layers, and their gradients.</summary>
/// <remarks>Elements are independent; the bits do not depend on the width of vectors.</remarks>
internal static class Activations
{
    /// <summary>y = f(x).</summary>
    public static void Forward<T>(ActivationKind kind, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (kind)
        {
            case ActivationKind.Relu: LaneMap.Apply<T, Relu<T>>(x, y); break;
            case ActivationKind.Gelu: LaneMap.Apply<T, Gelu<T>>(x, y); break;
            case ActivationKind.Silu: LaneMap.Apply<T, Silu<T>>(x, y); break;
            case ActivationKind.Selu: LaneMap.Apply<T, Selu<T>>(x, y); break;
            default: LaneMap.Apply<T, Mish<T>>(x, y); break;
        }
    }

    /// <summary>dx = dy·f′(x).</summary>
    public static void Backward<T>(ActivationKind kind, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (kind)
        {
            case ActivationKind.Relu: LaneMap.Scale<T, Relu<T>.Slope>(x, dy, dx); break;
            case ActivationKind.Gelu: LaneMap.Scale<T, Gelu<T>.Slope>(x, dy, dx); break;
            case ActivationKind.Silu: LaneMap.Scale<T, Silu<T>.Slope>(x, dy, dx); break;
            case ActivationKind.Selu: LaneMap.Scale<T, Selu<T>.Slope>(x, dy, dx); break;
            default: LaneMap.Scale<T, Mish<T>.Slope>(x, dy, dx); break;
        }
    }

    private readonly struct Relu<T> : ILaneFunction<T>
        where T : unmanaged
    {
        // A NaN stays one, so that a loss shows it.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x)
            where V : struct, ILanes<V, T> => V.AndNot(x, V.LessThan(x, V.Constant(0)));

        public readonly struct Slope : ILaneFunction<T>
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static V Apply<V>(V x)
                where V : struct, ILanes<V, T> => V.Constant(1) & V.LessThan(V.Constant(0), x);
        }
    }

    private readonly struct Silu<T> : ILaneFunction<T>
        where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x)
            where V : struct, ILanes<V, T> => x * SigmoidMap<T>.Apply(x);

        public readonly struct Slope : ILaneFunction<T>
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static V Apply<V>(V x)
                where V : struct, ILanes<V, T>
            {
                V s = SigmoidMap<T>.Apply(x);
                return s + (x * s * (V.Constant(1) - s));
            }
        }
    }

    /// <summary>In the form of the hyperbolic tangent: ½x(1 + tanh u) = x·σ(2u).</summary>
    private readonly struct Gelu<T> : ILaneFunction<T>
        where T : unmanaged
    {
        // 2u = 2√(2/π)·(x + 0.044715x³).
        private const double Factor = 1.5957691216057308, Cubic = 0.044715;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x)
            where V : struct, ILanes<V, T> =>
            x * SigmoidMap<T>.Apply(V.Constant(Factor) * (x + (V.Constant(Cubic) * x * x * x)));

        public readonly struct Slope : ILaneFunction<T>
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static V Apply<V>(V x)
                where V : struct, ILanes<V, T>
            {
                V s = SigmoidMap<T>.Apply(V.Constant(Factor) * (x + (V.Constant(Cubic) * x * x * x)));
                V slope = V.Constant(Factor) * (V.Constant(1) + (V.Constant(3 * Cubic) * x * x));
                return s + (x * s * (V.Constant(1) - s) * slope);
            }
        }
    }

    private readonly struct Selu<T> : ILaneFunction<T>
        where T : unmanaged
    {
        private const double Scale = 1.0507009873554805, Alpha = 1.6732632423543772;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x)
            where V : struct, ILanes<V, T>
        {
            V below = V.Constant(Scale * Alpha) * (ExpLanes.Full<V, T>(V.Min(x, V.Constant(0))) - V.Constant(1));
            return V.Select(V.LessThan(V.Constant(0), x), V.Constant(Scale) * x, below);
        }

        public readonly struct Slope : ILaneFunction<T>
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static V Apply<V>(V x)
                where V : struct, ILanes<V, T>
            {
                V below = V.Constant(Scale * Alpha) * ExpLanes.Full<V, T>(V.Min(x, V.Constant(0)));
                return V.Select(V.LessThan(V.Constant(0), x), V.Constant(Scale), below);
            }
        }
    }

    /// <summary>x·tanh(ln(1 + e^x)), where tanh ln(1 + e) = (e² + 2e)/(e² + 2e + 2).</summary>
    private readonly struct Mish<T> : ILaneFunction<T>
        where T : unmanaged
    {
        // From here on the hyperbolic tangent is 1 in float and, to 2·10⁻¹⁸, in double.
        private const double Large = 20;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Tanh<V>(V x)
            where V : struct, ILanes<V, T>
        {
            V e = ExpLanes.Full<V, T>(V.Min(x, V.Constant(Large)));
            V n = e * (e + V.Constant(2));
            return n / (n + V.Constant(2));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x)
            where V : struct, ILanes<V, T> => x * Tanh(x);

        public readonly struct Slope : ILaneFunction<T>
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static V Apply<V>(V x)
                where V : struct, ILanes<V, T>
            {
                V tanh = Tanh(x);
                return tanh + (x * (V.Constant(1) - (tanh * tanh)) * SigmoidMap<T>.Apply(x));
            }
        }
    }
}
