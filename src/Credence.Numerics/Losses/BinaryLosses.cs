using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The losses of independent binary targets, and their gradients.</summary>
internal static unsafe class BinaryLosses
{
    /// <summary>The weighted sum of losses and, unless <paramref name="y"/> is null, the gradient.</summary>
    public static double Run<T>(T* x, T* targets, T* weights, int count, T* y, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LaneWidth.Bits switch
        {
            512 => Run<Lanes512<T>, T>(x, targets, weights, count, y, maxThreads),
            256 => Run<Lanes256<T>, T>(x, targets, weights, count, y, maxThreads),
            128 => Run<Lanes128<T>, T>(x, targets, weights, count, y, maxThreads),
            _ => Run<OneLane<T>, T>(x, targets, weights, count, y, maxThreads),
        };

    private static double Run<V, T>(T* x, T* targets, T* weights, int count, T* y, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (SoftmaxChunks.Threads(count, maxThreads) > 1)
            return OverThreads<V, T>(x, targets, weights, count, y, maxThreads);

        double total = 0;
        for (int i = 0; i < count; i += SoftmaxChunks.Elements)
            total += Chunk<V, T>(x + i, targets + i, weights == null ? null
                : weights + i, Math.Min(SoftmaxChunks.Elements, count - i), y == null ? null : y + i);
        return total;
    }

    private static double OverThreads<V, T>(T* x, T* targets, T* weights, int count, T* y, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] sums = new double[Chunks.Count(count, SoftmaxChunks.Elements)];
        Chunks.For(sums.Length, maxThreads, chunk =>
        {
            int i = chunk * SoftmaxChunks.Elements;
            sums[chunk] = Chunk<V, T>(
                x + i, targets + i, weights == null ? null : weights + i, Math.Min(SoftmaxChunks.Elements, count - i), y == null ? null
                    : y + i);
        });

        double total = 0;
        foreach (double sum in sums)
            total += sum;
        return total;
    }

    /// <summary>Losses are added in eight double lanes, lane l taking elements l, l + 8, …</summary>
    private static double Chunk<V, T>(T* x, T* targets, T* weights, int count, T* y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double* sums = stackalloc double[8];
        T* losses = stackalloc T[16];
        new Span<double>(sums, 8).Clear();
        for (int i = 0; i < count; i += V.Count)
        {
            int part = Math.Min(V.Count, count - i);
            V loss;
            if (part == V.Count)
            {
                V gradient = Loss<V, T>(V.Load(x + i), V.Load(targets + i), weights == null ? V.Constant(1)
                    : V.Load(weights + i), out loss);
                if (y != null)
                    gradient.Store(y + i);
            }
            else
            {
                V weight = weights == null ? V.Constant(1) : V.LoadPart(weights + i, part, T.Zero);
                V gradient = Loss<V, T>(V.LoadPart(x + i, part, T.Zero), V.LoadPart(targets + i, part, T.Zero), weight, out loss);
                loss &= V.FirstLanes(part);
                if (y != null)
                    gradient.StorePart(y + i, part);
            }

            if (V.Count <= 8)
            {
                V.AddTo(sums + (i & 7), loss);
                continue;
            }

            // Sixteen lanes would be reduced before they are widened: eight at a time keep the order.
            loss.Store(losses);
            Lanes256<T>.AddTo(sums, Lanes256<T>.Load(losses));
            Lanes256<T>.AddTo(sums, Lanes256<T>.Load(losses + 8));
        }

        return Lanes.Fold(sums);
    }

    /// <summary>|x|·(1 − t, or t below 0) + ln(1 + e^−|x|), and σ(x) − t, both times the weight; 0 where that is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Loss<V, T>(V x, V target, V weight, out V loss)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V zero = V.Constant(0), one = V.Constant(1), sign = V.Constant(-0.0), idle = V.Equal(weight, zero);
        V negative = V.LessThan(x, zero), e = ExpLanes.Full<V, T>(x | sign);
        V miss = V.Select(negative, target, one - target);
        V linear = V.Select(V.Equal(miss, zero), zero, V.AndNot(x, sign) * miss);
        loss = V.AndNot((linear + LogSigmoidMap<T>.LogOnePlus(e)) * weight, idle);
        return V.AndNot(((V.Select(negative, e, one) / (one + e)) - target) * weight, idle);
    }
}
