using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>A function of one argument on all lanes of a vector.</summary>
internal interface ILaneFunction<T>
    where T : unmanaged
{
    /// <summary>The function's values.</summary>
    static abstract V Apply<V>(V x)
        where V : struct, ILanes<V, T>;
}

/// <summary>Applies a function to spans.</summary>
internal static unsafe class LaneMap
{
    /// <summary>y = f(x), every NaN written as the canonical <c>NaN</c>.</summary>
    public static void Apply<T, TFunction>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, ILaneFunction<T>
    {
        Shape.AtLeast(y.Length, x.Length, nameof(y));
        Shape.SameOrApart(x, y[..x.Length], nameof(y));
        fixed (T* from = x, to = y)
        {
            switch (LaneWidth.Bits)
            {
                case 512: Apply<Lanes512<T>, T, TFunction>(from, to, x.Length); break;
                case 256: Apply<Lanes256<T>, T, TFunction>(from, to, x.Length); break;
                case 128: Apply<Lanes128<T>, T, TFunction>(from, to, x.Length); break;
                default: Apply<OneLane<T>, T, TFunction>(from, to, x.Length); break;
            }
        }
    }

    /// <summary>dx = dy·f(x), every NaN written as the canonical <c>NaN</c>; dx may be dy.</summary>
    public static void Scale<T, TFunction>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, ILaneFunction<T>
    {
        Shape.AtLeast(dy.Length, x.Length, nameof(dy));
        Shape.AtLeast(dx.Length, x.Length, nameof(dx));
        fixed (T* from = x, factors = dy, to = dx)
        {
            switch (LaneWidth.Bits)
            {
                case 512: Scale<Lanes512<T>, T, TFunction>(from, factors, to, x.Length); break;
                case 256: Scale<Lanes256<T>, T, TFunction>(from, factors, to, x.Length); break;
                case 128: Scale<Lanes128<T>, T, TFunction>(from, factors, to, x.Length); break;
                default: Scale<OneLane<T>, T, TFunction>(from, factors, to, x.Length); break;
            }
        }
    }

    /// <summary>f(x).</summary>
    public static T One<T, TFunction>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, ILaneFunction<T> =>
        LaneWidth.Bits >= 128 ? First<Lanes128<T>, T, TFunction>(x) : First<OneLane<T>, T, TFunction>(x);

    // All widths give the same bits, so the narrowest that the processor supports is enough. Each width is compiled separately, as both in
    // one method are
    // too large to inline, and optimized from its first call: dozens of calls for one number take microseconds. It is not inlined: within
    // another method the
    // compiler's profile-guided inlining budget does not cover the lanes' operations.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static T First<V, T, TFunction>(T x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, ILaneFunction<T>
    {
        T y = TFunction.Apply(V.Create(x)).First;
        return T.IsNaN(y) ? T.NaN : y;
    }

    private static void Scale<V, T, TFunction>(T* x, T* dy, T* dx, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, ILaneFunction<T>
    {
        int i = 0;
        for (; i <= count - V.Count; i += V.Count)
            Lanes.OneNaN<V, T>(V.Load(dy + i) * TFunction.Apply(V.Load(x + i))).Store(dx + i);

        if (i < count)
        {
            V factors = V.LoadPart(dy + i, count - i, T.Zero);
            Lanes.OneNaN<V, T>(factors * TFunction.Apply(V.LoadPart(x + i, count - i, T.Zero))).StorePart(dx + i, count - i);
        }
    }

    private static void Apply<V, T, TFunction>(T* x, T* y, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, ILaneFunction<T>
    {
        int i = 0;
        for (; i <= count - (2 * V.Count); i += 2 * V.Count)
        {
            V first = TFunction.Apply(V.Load(x + i)), second = TFunction.Apply(V.Load(x + i + V.Count));
            Lanes.OneNaN<V, T>(first).Store(y + i);
            Lanes.OneNaN<V, T>(second).Store(y + i + V.Count);
        }

        if (i <= count - V.Count)
        {
            Lanes.OneNaN<V, T>(TFunction.Apply(V.Load(x + i))).Store(y + i);
            i += V.Count;
        }

        if (i < count)
            Lanes.OneNaN<V, T>(TFunction.Apply(V.LoadPart(x + i, count - i, T.Zero))).StorePart(y + i, count - i);
    }
}

/// <summary>e^x.</summary>
internal readonly struct ExpMap<T> : ILaneFunction<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x)
        where V : struct, ILanes<V, T> => ExpLanes.Full<V, T>(x);
}

/// <summary>ln x.</summary>
internal readonly struct LogMap<T> : ILaneFunction<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x)
        where V : struct, ILanes<V, T> => LogLanes.Full<V, T>(x);
}
