using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>A row's shifted exponential.</summary>
internal interface IExponential<V>
    where V : struct
{
    /// <summary>The shifted exponentials of logits.</summary>
    V Exp(V x);

    /// <summary>The same for four vectors interleaved, in place.</summary>
    void Exp(ref V a, ref V b, ref V c, ref V d);
}

/// <summary>Shifted exponentials of whole rows.</summary>
internal static unsafe class ExpMaps
{
    /// <summary>The exponentials of a row, to the end of the last vector.</summary>
    /// <param name="x">The row.</param>
    /// <param name="count">Its length.</param>
    /// <param name="end">The end of the readable memory.</param>
    /// <param name="e">The exponentials, with space for one vector beyond; must not overlap <paramref name="x"/>.</param>
    /// <param name="exponential">The row's exponential.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spill<V, T, TExponential>(T* x, int count, T* end, T* e, TExponential exponential)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TExponential : struct, IExponential<V>
    {
        int i = 0;
        for (; i <= count - (4 * V.Count); i += 4 * V.Count)
        {
            V a = V.Load(x + i), b = V.Load(x + i + V.Count), c = V.Load(x + i + (2 * V.Count)), d = V.Load(x + i + (3 * V.Count));
            exponential.Exp(ref a, ref b, ref c, ref d);
            a.Store(e + i);
            b.Store(e + i + V.Count);
            c.Store(e + i + (2 * V.Count));
            d.Store(e + i + (3 * V.Count));
        }

        for (; i <= count - V.Count; i += V.Count)
            exponential.Exp(V.Load(x + i)).Store(e + i);

        if (i < count)
            exponential.Exp(Lanes.LoadWithin<V, T>(x + i, count - i, end, T.Zero)).Store(e + i);
    }
}
