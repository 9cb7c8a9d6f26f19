using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Credence.Numerics;

/// <summary>Packs a matrix into panels that a product's tiles read sequentially.</summary>
internal static unsafe class ProductPanels
{
    /// <summary>The number of lanes, rounded up to whole panels.</summary>
    public static int Padded(int lanes, int panel) => Chunks.Count(lanes, panel) * panel;

    /// <summary>Packs panels of lanes, each [depth, panel], the last one padded with zeros.</summary>
    /// <param name="from">One row per lane, one column per term.</param>
    /// <param name="lanes">The rows to pack.</param>
    /// <param name="depth">The terms to pack.</param>
    /// <param name="panel">Lanes in a panel.</param>
    /// <param name="to">[lanes / panel, depth, panel].</param>
    public static void Pack<T>(Strided<T> from, int lanes, int depth, int panel, T* to)
        where T : unmanaged
    {
        for (int lane = 0; lane < lanes; lane += panel, to += depth * panel)
        {
            int part = Math.Min(panel, lanes - lane);
            T* start = from.From(lane, 0).Start;
            if (part < panel)
                new Span<T>(to, depth * panel).Clear();
            if (from.Row == 1 && part == panel && panel * sizeof(T) % sizeof(Vector128<T>) == 0)
                Copy<T, Vector128<T>>(start, from.Column, depth, panel, to);
            else if (from.Row == 1 && part == panel && panel * sizeof(T) % sizeof(ulong) == 0)
                Copy<T, ulong>(start, from.Column, depth, panel, to);
            else if (from.Column == 1)
                Transpose(start, from.Row, part, depth, panel, to);
            else
                from.From(lane, 0).Transposed.CopyTo(new Strided<T>((nint)to, panel, 1), depth, part);
        }
    }

    private static void Copy<T, TUnit>(T* from, nint term, int depth, int panel, T* to)
        where T : unmanaged
        where TUnit : unmanaged
    {
        int units = panel * sizeof(T) / sizeof(TUnit);
        for (int t = 0; t < depth; t++, from += term, to += panel)
        {
            for (int unit = 0; unit < units; unit++)
                Unsafe.WriteUnaligned((TUnit*)to + unit, Unsafe.ReadUnaligned<TUnit>((TUnit*)from + unit));
        }
    }

    // Each lane's terms are contiguous: blocks of 16 bytes are transposed in registers.
    private static void Transpose<T>(T* from, nint row, int lanes, int depth, int panel, T* to)
        where T : unmanaged
    {
        int lane = 0;
        if (Sse.IsSupported && typeof(T) == typeof(float))
        {
            for (; lane <= lanes - 4; lane += 4)
                Four((float*)from + (lane * row), row, depth, panel, (float*)to + lane);
        }

        if (Sse2.IsSupported)
        {
            for (; lane <= lanes - 2; lane += 2)
            {
                if (typeof(T) == typeof(float))
                    Pair((float*)from + (lane * row), row, depth, panel, (float*)to + lane);
                else
                    Pair((double*)from + (lane * row), row, depth, panel, (double*)to + lane);
            }
        }

        for (; lane < lanes; lane++)
        {
            T* line = from + (lane * row);
            for (int t = 0; t < depth; t++)
                to[(t * panel) + lane] = line[t];
        }
    }

    private static void Four(float* from, nint row, int depth, int panel, float* to)
    {
        float* second = from + row, third = second + row, fourth = third + row;
        int t = 0;
        for (; t <= depth - 4; t += 4, to += 4 * panel)
        {
            Vector128<float> a = Vector128.Load(from + t), b = Vector128.Load(second + t);
            Vector128<float> c = Vector128.Load(third + t), d = Vector128.Load(fourth + t);
            Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
            Sse.MoveLowToHigh(ab, cd).Store(to);
            Sse.MoveHighToLow(cd, ab).Store(to + panel);
            ab = Sse.UnpackHigh(a, b);
            cd = Sse.UnpackHigh(c, d);
            Sse.MoveLowToHigh(ab, cd).Store(to + (2 * panel));
            Sse.MoveHighToLow(cd, ab).Store(to + (3 * panel));
        }

        for (; t < depth; t++, to += panel)
            (to[0], to[1], to[2], to[3]) = (from[t], second[t], third[t], fourth[t]);
    }

    private static void Pair(float* from, nint row, int depth, int panel, float* to)
    {
        float* second = from + row;
        for (int t = 0; t < depth; t++, to += panel)
            (to[0], to[1]) = (from[t], second[t]);
    }

    private static void Pair(double* from, nint row, int depth, int panel, double* to)
    {
        double* second = from + row;
        int t = 0;
        for (; t <= depth - 2; t += 2, to += 2 * panel)
        {
            Vector128<double> a = Vector128.Load(from + t), b = Vector128.Load(second + t);
            Sse2.UnpackLow(a, b).Store(to);
            Sse2.UnpackHigh(a, b).Store(to + panel);
        }

        for (; t < depth; t++, to += panel)
            (to[0], to[1]) = (from[t], second[t]);
    }
}
