using System.Buffers;
using System.Numerics;

namespace Credence.Numerics;

/// <summary>A sparse map from logits to probabilities: p = value(z·scale − τ), with the τ for which they sum to 1.</summary>
internal interface ISupportMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The factor on logits. A scaled logit that is 1 or more below the largest has probability 0.</summary>
    static abstract T Scale { get; }

    /// <summary>τ of the scaled logits near enough to the largest, less the largest, in rising order.</summary>
    static abstract double Threshold(ReadOnlySpan<T> rising);

    /// <summary>The probability of a positive excess over τ.</summary>
    static abstract V Value<V>(V excess)
        where V : struct, ILanes<V, T>;

    /// <summary>The weight of a probability in the gradient.</summary>
    static abstract double Weight(T probability);
}

/// <summary>Applies a sparse map to rows.</summary>
internal static unsafe class SupportRows<T, TMap>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TMap : struct, ISupportMap<T>
{
    /// <summary>Probabilities from logits.</summary>
    public static void Forward(ReadOnlySpan<T> logits, int classes, Span<T> probabilities, int maxThreads)
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.AtLeast(probabilities.Length, logits.Length, nameof(probabilities));
        Shape.SameOrApart(logits, probabilities[..logits.Length], nameof(probabilities));
        maxThreads = Chunks.Threads(maxThreads);
        fixed (T* x = logits, y = probabilities)
        {
            switch (LaneWidth.Bits)
            {
                case 512: Forward<Lanes512<T>>(x, rows, classes, y, maxThreads); break;
                case 256: Forward<Lanes256<T>>(x, rows, classes, y, maxThreads); break;
                case 128: Forward<Lanes128<T>>(x, rows, classes, y, maxThreads); break;
                default: Forward<OneLane<T>>(x, rows, classes, y, maxThreads); break;
            }
        }
    }

    /// <summary>The gradient with respect to logits, from the probabilities and the gradient with respect to them.</summary>
    public static void Backward(
        ReadOnlySpan<T> probabilities, int classes, ReadOnlySpan<T> outputGradient, Span<T> gradient, int maxThreads)
    {
        int rows = Shape.Rows(probabilities.Length, classes, nameof(probabilities));
        Shape.Exactly(outputGradient.Length, probabilities.Length, nameof(outputGradient));
        Shape.AtLeast(gradient.Length, probabilities.Length, nameof(gradient));
        Shape.SameOrApart(probabilities, gradient[..probabilities.Length], nameof(gradient));
        Shape.SameOrApart(outputGradient, gradient[..probabilities.Length], nameof(gradient));
        maxThreads = Chunks.Threads(maxThreads);
        fixed (T* p = probabilities, dy = outputGradient, dx = gradient)
        {
            if (maxThreads > 1 && rows > SoftmaxChunks.Rows(classes))
                BackwardOverThreads(p, dy, rows, classes, dx, maxThreads);
            else
                BackwardSome(p, dy, rows, classes, dx);
        }
    }

    private static void Forward<V>(T* x, int rows, int classes, T* y, int maxThreads)
        where V : struct, ILanes<V, T>
    {
        if (maxThreads > 1 && rows > SoftmaxChunks.Rows(classes))
            ForwardOverThreads<V>(x, rows, classes, y, maxThreads);
        else
            ForwardSome<V>(x, rows, classes, y);
    }

    private static void ForwardOverThreads<V>(T* x, int rows, int classes, T* y, int maxThreads)
        where V : struct, ILanes<V, T>
    {
        int size = SoftmaxChunks.Rows(classes);
        Chunks.For(Chunks.Count(rows, size), maxThreads, chunk =>
        {
            nint from = (nint)chunk * size;
            ForwardSome<V>(x + (from * classes), Math.Min(size, rows - (int)from), classes, y + (from * classes));
        });
    }

    private static void BackwardOverThreads(T* p, T* dy, int rows, int classes, T* dx, int maxThreads)
    {
        int size = SoftmaxChunks.Rows(classes);
        Chunks.For(Chunks.Count(rows, size), maxThreads, chunk =>
        {
            nint from = (nint)chunk * size;
            BackwardSome(p + (from * classes), dy + (from * classes), Math.Min(size, rows - (int)from), classes, dx + (from * classes));
        });
    }

    private static void ForwardSome<V>(T* x, int rows, int classes, T* y)
        where V : struct, ILanes<V, T>
    {
        T[] memory = ArrayPool<T>.Shared.Rent(classes);
        fixed (T* near = memory)
        {
            for (int row = 0; row < rows; row++, x += classes, y += classes)
                Row<V>(x, classes, near, y);
        }

        ArrayPool<T>.Shared.Return(memory);
    }

    private static void Row<V>(T* x, int classes, T* near, T* y)
        where V : struct, ILanes<V, T>
    {
        T max = ExpRows.MaxOrNaN<V, T>(x, classes);
        if (!T.IsFinite(max))
        {
            new Span<T>(y, classes).Fill(T.NaN);
            return;
        }

        int count = Near<V>(x, classes, max, near);
        var rising = new Span<T>(near, count);
        rising.Sort();
        Write<V>(x, classes, max, T.CreateTruncating(TMap.Threshold(rising)), y);
    }

    /// <summary>The scaled logits less the largest, of those that lie less than 1 below it.</summary>
    private static int Near<V>(T* x, int classes, T max, T* near)
        where V : struct, ILanes<V, T>
    {
        int count = 0;
        V tops = V.Create(max), scales = V.Create(TMap.Scale), below = V.Create(-T.One);
        for (int i = 0; i < classes; i += V.Count)
        {
            V z = (Lanes.LoadWithin<V, T>(x + i, classes - i, x + classes, T.NegativeInfinity) - tops) * scales;
            for (uint bits = V.Signs(V.LessThan(below, z)); bits != 0; bits &= bits - 1)
                near[count++] = (x[i + BitOperations.TrailingZeroCount(bits)] - max) * TMap.Scale;
        }

        return count;
    }

    private static void Write<V>(T* x, int classes, T max, T threshold, T* y)
        where V : struct, ILanes<V, T>
    {
        V tops = V.Create(max), scales = V.Create(TMap.Scale), thresholds = V.Create(threshold), zero = V.Constant(0);
        for (int i = 0; i < classes; i += V.Count)
        {
            V excess = ((Lanes.LoadWithin<V, T>(x + i, classes - i, x + classes, T.NegativeInfinity) - tops) * scales) - thresholds;
            V p = TMap.Value(excess) & V.LessThan(zero, excess);
            if (i + V.Count <= classes)
                p.Store(y + i);
            else
                p.StorePart(y + i, classes - i);
        }
    }

    // dx = w·(dy − Σ w·dy / Σ w), since the probabilities' derivatives are diag(w) − w·wᵀ / Σ w.
    private static void BackwardSome(T* p, T* dy, int rows, int classes, T* dx)
    {
        for (int row = 0; row < rows; row++, p += classes, dy += classes, dx += classes)
        {
            double weights = 0, weighted = 0;
            for (int i = 0; i < classes; i++)
            {
                if (p[i] == T.Zero)
                    continue;
                double weight = TMap.Weight(p[i]);
                weights += weight;
                weighted = Math.FusedMultiplyAdd(weight, double.CreateTruncating(dy[i]), weighted);
            }

            double mean = weighted / weights;
            for (int i = 0; i < classes; i++)
            {
                T d = p[i] == T.Zero ? T.Zero : T.CreateTruncating(TMap.Weight(p[i]) * (double.CreateTruncating(dy[i]) - mean));
                dx[i] = T.IsNaN(d) ? T.NaN : d;
            }
        }
    }
}
