using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The softmax along a strided axis: as many adjacent rows at once as a vector has lanes.</summary>
internal static unsafe class SoftmaxAxis
{
    /// <summary>Probabilities of [outer, axis, inner].</summary>
    public static void Run<T>(T* x, int outer, int axis, int inner, T scale, T* y, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (LaneWidth.Bits)
        {
            case 512: Run<Lanes512<T>, T>(x, outer, axis, inner, scale, y, maxThreads); break;
            case 256: Run<Lanes256<T>, T>(x, outer, axis, inner, scale, y, maxThreads); break;
            case 128: Run<Lanes128<T>, T>(x, outer, axis, inner, scale, y, maxThreads); break;
            default: Run<OneLane<T>, T>(x, outer, axis, inner, scale, y, maxThreads); break;
        }
    }

    private static void Run<V, T>(T* x, int outer, int axis, int inner, T scale, T* y, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (maxThreads > 1 && outer > 1)
        {
            OverThreads<V, T>(x, outer, axis, inner, scale, y, maxThreads);
            return;
        }

        for (int o = 0; o < outer; o++)
            One<V, T>(x + ((long)o * axis * inner), axis, inner, scale, y + ((long)o * axis * inner));
    }

    private static void OverThreads<V, T>(T* x, int outer, int axis, int inner, T scale, T* y, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Chunks.For(outer, maxThreads, o => One<V, T>(x + ((long)o * axis * inner), axis, inner, scale, y + ((long)o * axis * inner)));

    private static void One<V, T>(T* x, int axis, int inner, T scale, T* y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= inner - V.Count; i += V.Count)
            Columns<V, T>(x + i, axis, inner, V.Count, scale, y + i);
        if (i < inner)
            Columns<V, T>(x + i, axis, inner, inner - i, scale, y + i);
    }

    private static void Columns<V, T>(T* x, int axis, int inner, int count, T scale, T* y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V max = V.Create(T.NegativeInfinity);
        for (int k = 0; k < axis; k++)
            max = V.Max(max, Load<V, T>(x + ((long)k * inner), count));

        // Each lane's sum with a separate sum of its rounding errors (D. E. Knuth, The Art of Computer Programming 2, 4.2.2).
        var anchor = new ShiftedExponential<V, T, Scaled>(max, V.Create(scale));
        V sum = V.Constant(0), lost = sum;
        for (int k = 0; k < axis; k++)
        {
            V e = anchor.Exp(Load<V, T>(x + ((long)k * inner), count));
            V total = sum + e, added = total - sum;
            lost += (sum - (total - added)) + (e - added);
            sum = total;
            Store<V, T>(e, y + ((long)k * inner), count);
        }

        V factor = V.Constant(1) / (sum + lost), nan = V.Create(T.NaN), known = V.Equal(factor, factor);
        for (int k = 0; k < axis; k++)
        {
            T* to = y + ((long)k * inner);
            Store<V, T>(V.Select(known, Load<V, T>(to, count) * factor, nan), to, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Load<V, T>(T* from, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        count == V.Count ? V.Load(from) : LoadPart<V, T>(from, count);

    private static V LoadPart<V, T>(T* from, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.LoadPart(from, count, T.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<V, T>(V v, T* to, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        if (count == V.Count)
            v.Store(to);
        else
            StorePart(v, to, count);
    }

    private static void StorePart<V, T>(V v, T* to, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged => v.StorePart(to, count);
}
