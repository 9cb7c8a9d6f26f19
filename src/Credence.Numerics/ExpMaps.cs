using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>A row's shifted exponential.</summary>
internal interface IExponential<V>
    where V : struct
{
    /// <summary>The shifted exponentials of logits.</summary>
    V Exp(V x);
}

/// <summary>Shifted exponentials of whole rows.</summary>
internal static unsafe class ExpMaps
{
    /// <summary>The exponentials of a row, to the end of the last vector.</summary>
    /// <param name="x">The row.</param>
    /// <param name="count">Its length.</param>
    /// <param name="end">Where the memory ends that may be read.</param>
    /// <param name="e">The exponentials, with a vector's room beyond, apart from <paramref name="x"/>.</param>
    /// <param name="exponential">The row's exponential.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spill<V, T, TExponential>(T* x, int count, T* end, T* e, TExponential exponential)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TExponential : struct, IExponential<V>
    {
        int i = 0;
        for (; i <= count - (2 * V.Count); i += 2 * V.Count)
        {
            V e0 = exponential.Exp(V.Load(x + i)), e1 = exponential.Exp(V.Load(x + i + V.Count));
            e0.Store(e + i);
            e1.Store(e + i + V.Count);
        }

        if (i <= count - V.Count)
        {
            exponential.Exp(V.Load(x + i)).Store(e + i);
            i += V.Count;
        }

        if (i < count)
            exponential.Exp(Lanes.LoadWithin<V, T>(x + i, count - i, end, T.Zero)).Store(e + i);
    }
}
