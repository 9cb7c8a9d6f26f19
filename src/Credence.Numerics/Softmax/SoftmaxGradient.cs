using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>Back-propagates a gradient through the softmax of rows: p∘(g − p·g) / T.</summary>
internal static unsafe class SoftmaxGradient
{
    /// <summary>Gradients with respect to logits.</summary>
    public static void Run<T>(T* p, T* g, int rows, int classes, T scale, T* y, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (LaneWidth.ForRows(classes))
        {
            case 512: Run<Lanes512<T>, T>(p, g, rows, classes, scale, y, maxThreads); break;
            case 256: Run<Lanes256<T>, T>(p, g, rows, classes, scale, y, maxThreads); break;
            case 128: Run<Lanes128<T>, T>(p, g, rows, classes, scale, y, maxThreads); break;
            default: Run<OneLane<T>, T>(p, g, rows, classes, scale, y, maxThreads); break;
        }
    }

    private static void Run<V, T>(T* p, T* g, int rows, int classes, T scale, T* y, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (SoftmaxChunks.Threads((long)rows * classes, maxThreads) > 1)
            OverThreads<V, T>(p, g, rows, classes, scale, y, maxThreads);
        else
            Rows<V, T>(p, g, rows, classes, scale, y);
    }

    private static void OverThreads<V, T>(T* p, T* g, int rows, int classes, T scale, T* y, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = SoftmaxChunks.Rows(classes);
        Chunks.For(Chunks.Count(rows, size), maxThreads, chunk =>
        {
            long from = (long)chunk * size * classes;
            Rows<V, T>(p + from, g + from, Math.Min(size, rows - (chunk * size)), classes, scale, y + from);
        });
    }

    [SkipLocalsInit]
    private static void Rows<V, T>(T* p, T* g, int rows, int classes, T scale, T* y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* memory = stackalloc T[ExpRows.Elements + ExpRows.Spare];
        T* products = CacheBlock.Aligned<T>((byte*)memory);
        for (int row = 0; row < rows; row++, p += classes, g += classes, y += classes)
        {
            double dot = 0;
            for (int i = 0; i < classes; i += ExpRows.Elements)
            {
                int part = Math.Min(ExpRows.Elements, classes - i);
                Multiply<V, T>(p + i, g + i, part, products);
                dot += classes <= Lanes.Short
                    ? double.CreateTruncating(Lanes.SumShort<V, T>(products, part).First)
                    : Lanes.Sum<V, T>(products, part);
            }

            Subtract<V, T>(p, g, classes, T.CreateTruncating(dot), scale, y);
            if (double.IsNaN(dot))
                new Span<T>(y, classes).Fill(T.NaN);
        }
    }

    private static void Multiply<V, T>(T* p, T* g, int count, T* products)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= count - V.Count; i += V.Count)
            (V.Load(p + i) * V.Load(g + i)).Store(products + i);
        if (i < count)
            (V.LoadPart(p + i, count - i, T.Zero) * V.LoadPart(g + i, count - i, T.Zero)).Store(products + i);
    }

    private static void Subtract<V, T>(T* p, T* g, int count, T dot, T scale, T* y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V dots = V.Create(dot), scales = V.Create(scale);
        int i = 0;
        for (; i <= count - V.Count; i += V.Count)
            (V.Load(p + i) * (V.Load(g + i) - dots) * scales).Store(y + i);
        if (i < count)
            (V.LoadPart(p + i, count - i, T.Zero) * (V.LoadPart(g + i, count - i, T.Zero) - dots) * scales).StorePart(y + i, count - i);
    }
}
