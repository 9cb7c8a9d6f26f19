using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>A function of one argument on all lanes of a vector.</summary>
internal interface ILaneFunction<T>
{
    /// <summary>The function's values.</summary>
    static abstract Vector512<T> Apply(Vector512<T> x);
}

/// <summary>Applies a function to spans.</summary>
internal static unsafe class LaneMap
{
    /// <summary>y = f(x), every NaN written as the one <c>NaN</c>.</summary>
    public static void Apply<T, TFunction>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, ILaneFunction<T>
    {
        Shape.AtLeast(y.Length, x.Length, nameof(y));
        Shape.SameOrApart(x, y[..x.Length], nameof(y));
        int width = Vector512<T>.Count;
        fixed (T* from = x, to = y)
        {
            int i = 0;
            for (; i <= x.Length - (2 * width); i += 2 * width)
            {
                Vector512<T> first = TFunction.Apply(Vector512.Load(from + i));
                Vector512<T> second = TFunction.Apply(Vector512.Load(from + i + width));
                OneNaN(first).Store(to + i);
                OneNaN(second).Store(to + i + width);
            }

            for (; i < x.Length; i += width)
            {
                int part = Math.Min(width, x.Length - i);
                Lanes.StorePart(OneNaN(TFunction.Apply(Lanes.LoadPart(from + i, part, T.Zero))), to + i, part);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> OneNaN<T>(Vector512<T> v)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vector512.ConditionalSelect(Vector512.Equals(v, v), v, Vector512.Create(T.NaN));
}

/// <summary>e^x.</summary>
internal readonly struct ExpMap<T> : ILaneFunction<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply(Vector512<T> x) => ExpLanes.Full(x);
}

/// <summary>ln x.</summary>
internal readonly struct LogMap<T> : ILaneFunction<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply(Vector512<T> x) => LogLanes.Full(x);
}
