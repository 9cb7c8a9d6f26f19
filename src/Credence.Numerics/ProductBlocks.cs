using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>A matrix in memory: element (i, j) is <c>Start[i·Row + j·Column]</c>.</summary>
internal readonly unsafe record struct Strided<T>(nint Address, nint Row, nint Column)
    where T : unmanaged
{
    /// <summary>The first element.</summary>
    public T* Start => (T*)Address;

    /// <summary>The part that begins at an element.</summary>
    public Strided<T> From(long i, long j) => new((nint)(Start + (i * Row) + (j * Column)), Row, Column);
}

/// <summary>A matrix product cut into blocks that fit the caches, the right matrix packed (K. Goto, R. van de Geijn, 2008).</summary>
internal static unsafe class ProductBlocks
{
    /// <summary>Terms that one chain of fused multiply-adds runs over before sums are added.</summary>
    public const int Chain = 4096;

    private const int Depth = 256;
    private const int RowsAtOnce = 192;

    /// <summary>C = A·B for a number of terms not above <see cref="Chain"/>, overwriting C.</summary>
    public static void Multiply<T>(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n)
        where T : unmanaged, INumber<T>
    {
        int width = Vector512<T>.Count;
        bool wide = Vector512.IsHardwareAccelerated && n > width;
        int panel = wide ? 2 * width : width;
        int columnsAtOnce = 64 * width;
        int packed = Depth * Math.Min(columnsAtOnce, (n + panel - 1) / panel * panel);
        byte[] memory = ArrayPool<byte>.Shared.Rent((packed * sizeof(T)) + 64);
        fixed (byte* start = memory)
        {
            T* right = ExpRows.Aligned<T>(start);
            if (k == 0)
                Clear(c, m, n);
            for (int j = 0; j < n; j += columnsAtOnce)
            {
                int columns = Math.Min(columnsAtOnce, n - j);
                for (int t = 0; t < k; t += Depth)
                {
                    int depth = Math.Min(Depth, k - t);
                    Pack(b.From(t, j), depth, columns, panel, right);
                    for (int i = 0; i < m; i += RowsAtOnce)
                    {
                        int rows = Math.Min(RowsAtOnce, m - i);
                        if (wide)
                            Panels<T, Two>(a.From(i, t), right, c.From(i, j), rows, depth, columns, t > 0);
                        else
                            Panels<T, One>(a.From(i, t), right, c.From(i, j), rows, depth, columns, t > 0);
                    }
                }
            }
        }

        ArrayPool<byte>.Shared.Return(memory);
    }

    /// <summary>B in panels of so many columns, each [depth, panel], the last filled up with zeros.</summary>
    private static void Pack<T>(Strided<T> b, int depth, int columns, int panel, T* to)
        where T : unmanaged, INumber<T>
    {
        for (int j = 0; j < columns; j += panel, to += depth * panel)
        {
            int part = Math.Min(panel, columns - j);
            if (part < panel)
                new Span<T>(to, depth * panel).Clear();
            T* from = b.From(0, j).Start;
            if (b.Column == 1)
            {
                for (int t = 0; t < depth; t++)
                    Unsafe.CopyBlockUnaligned(to + (t * panel), from + (t * b.Row), (uint)(part * sizeof(T)));
            }
            else
            {
                for (int p = 0; p < part; p++)
                {
                    T* column = from + (p * b.Column);
                    for (int t = 0; t < depth; t++)
                        to[(t * panel) + p] = column[t * b.Row];
                }
            }
        }
    }

    [SkipLocalsInit]
    private static void Panels<T, TVectors>(Strided<T> a, T* right, Strided<T> c, int rows, int depth, int columns, bool accumulate)
        where T : unmanaged, INumber<T>
        where TVectors : struct, ICount
    {
        int panel = TVectors.Value * Vector512<T>.Count;
        T* edge = stackalloc T[ProductTile.MaxRows * ProductTile.MaxVectors * Vector512<T>.Count];
        for (int j = 0; j < columns; j += panel, right += depth * panel)
        {
            int part = Math.Min(panel, columns - j);
            bool direct = part == panel && c.Column == 1;
            int step;
            for (int i = 0; i < rows; i += step)
            {
                step = TileRows(rows - i);
                Strided<T> target = c.From(i, j);
                if (direct)
                {
                    Tile<T, TVectors>(step, depth, a.From(i, 0), right, target.Start, target.Row, accumulate);
                    continue;
                }

                if (accumulate)
                    Copy(target, new Strided<T>((nint)edge, panel, 1), step, part);
                Tile<T, TVectors>(step, depth, a.From(i, 0), right, edge, panel, accumulate);
                Copy(new Strided<T>((nint)edge, panel, 1), target, step, part);
            }
        }
    }

    // With 16 registers of 256 bits a tile of four rows of one vector is what fits.
    private static int TileRows(int rows) => rows switch
    {
        >= 8 when Vector512.IsHardwareAccelerated => 8,
        >= 4 => 4,
        >= 2 => 2,
        _ => 1,
    };

    private static void Tile<T, TVectors>(int rows, int depth, Strided<T> a, T* right, T* c, nint cStride, bool accumulate)
        where T : unmanaged
        where TVectors : struct, ICount
    {
        switch (rows)
        {
            case 8:
                ProductTile.Run<T, Eight, TVectors>(depth, a.Start, a.Row, a.Column, right, c, cStride, accumulate);
                break;
            case 4:
                ProductTile.Run<T, Four, TVectors>(depth, a.Start, a.Row, a.Column, right, c, cStride, accumulate);
                break;
            case 2:
                ProductTile.Run<T, Two, TVectors>(depth, a.Start, a.Row, a.Column, right, c, cStride, accumulate);
                break;
            default:
                ProductTile.Run<T, One, TVectors>(depth, a.Start, a.Row, a.Column, right, c, cStride, accumulate);
                break;
        }
    }

    private static void Copy<T>(Strided<T> from, Strided<T> to, int rows, int columns)
        where T : unmanaged
    {
        for (int i = 0; i < rows; i++)
        {
            T* source = from.From(i, 0).Start, target = to.From(i, 0).Start;
            for (int j = 0; j < columns; j++)
                target[j * to.Column] = source[j * from.Column];
        }
    }

    private static void Clear<T>(Strided<T> c, int rows, int columns)
        where T : unmanaged
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                *c.From(i, j).Start = default;
        }
    }

    private readonly struct One : ICount
    {
        public static int Value => 1;
    }

    private readonly struct Two : ICount
    {
        public static int Value => 2;
    }

    private readonly struct Four : ICount
    {
        public static int Value => 4;
    }

    private readonly struct Eight : ICount
    {
        public static int Value => 8;
    }
}
