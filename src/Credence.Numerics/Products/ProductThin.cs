using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>Products with few columns or few rows, whose large matrix is read once, in place, at memory speed.</summary>
internal static unsafe class ProductThin<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Up to this many columns, packing the left matrix costs more than it gains.</summary>
    public static int FewColumns => 4 * V.Count;

    /// <summary>Up to this many rows, the right matrix is better read without packing.</summary>
    public const int FewRows = 16;

    private const int RowsInChunk = 960;
    private const int ColumnsInBlock = 1024;

    // The number of terms for which a tile of C stays in registers: that many rows of the right matrix are read in parallel.
    private const int Slab = 16;
    private const int WideSlab = 64;

    /// <summary>C = A·B for at most <see cref="FewColumns"/> columns and <see cref="ProductPlan.Chain"/> terms.</summary>
    public static void Columns(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int maxThreads)
    {
        if (maxThreads == 1)
            SomeRows(a, b, c, m, k, n);
        else
            ColumnsOverThreads(a, b, c, m, k, n, maxThreads);
    }

    /// <summary>C = A·B for at most <see cref="FewRows"/> rows and <see cref="ProductPlan.Chain"/> terms, where rows of B are
    /// contiguous.</summary>
    public static void Rows(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int maxThreads)
    {
        int blocks = Chunks.Count(n, ColumnsInBlock);
        if (maxThreads == 1 || blocks == 1)
        {
            for (int block = 0; block < blocks; block++)
                SomeColumns(a, b, c, m, k, n, block * ColumnsInBlock);
        }
        else
        {
            RowsOverThreads(a, b, c, m, k, n, maxThreads);
        }
    }

    // Separate methods, so that closures are allocated only where there are threads.
    private static void ColumnsOverThreads(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int maxThreads) =>
        Chunks.For(Chunks.Count(m, RowsInChunk), maxThreads, chunk =>
        {
            int i = chunk * RowsInChunk;
            SomeRows(a.From(i, 0), b, c.From(i, 0), Math.Min(RowsInChunk, m - i), k, n);
        });

    private static void RowsOverThreads(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int maxThreads) =>
        Chunks.For(Chunks.Count(n, ColumnsInBlock), maxThreads, block => SomeColumns(a, b, c, m, k, n, block * ColumnsInBlock));

    private static void SomeRows(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n)
    {
        if (n <= ProductWideTile<V, T>.MaxRows && a.Column == 1 && m >= ProductWideTile<V, T>.Columns)
            Turned(a, b, c, m, k, n);
        else
            AcrossColumns(a, b, c, m, k, n);
    }

    // Lanes across the columns of C.
    [SkipLocalsInit]
    private static void AcrossColumns(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n)
    {
        int panel = n <= V.Count ? V.Count : 2 * V.Count;
        int tile = n <= V.Count ? 12 : ProductTiles<V, T>.WholeRows;
        byte[] memory = ArrayPool<byte>.Shared.Rent((ProductPanels.Padded(n, panel) * k * sizeof(T)) + 64);
        T* edge = stackalloc T[12 * panel];
        fixed (byte* start = memory)
        {
            T* right = CacheBlock.Aligned<T>(start);
            ProductPanels.Pack(b.Transposed, n, k, panel, right);
            for (int i = 0; i < m; i += tile)
            {
                int rows = Math.Min(tile, m - i);
                for (int j = 0; j < n; j += panel)
                {
                    ProductTiles<V, T>.Run<StridedLeft>(
                        a.From(i, 0), right + ((nint)j * k), panel, c.From(i, j), rows, k, Math.Min(panel, n - j), false, true, edge);
                }
            }
        }

        ArrayPool<byte>.Shared.Return(memory);
    }

    // Two or three columns would leave most lanes empty: blocks of A are transposed, and lanes run across the rows of C.
    [SkipLocalsInit]
    private static void Turned(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n)
    {
        const int Depth = 128;
        int panel = ProductWideTile<V, T>.Columns;
        byte[] memory = ArrayPool<byte>.Shared.Rent((panel * Math.Min(k, Depth) * sizeof(T)) + 64);
        T* sums = stackalloc T[n * panel];
        fixed (byte* start = memory)
        {
            T* turned = CacheBlock.Aligned<T>(start);
            for (int i = 0; i < m; i += panel)
            {
                int rows = Math.Min(panel, m - i);
                for (int t = 0; t < k; t += Depth)
                {
                    int depth = Math.Min(Depth, k - t);
                    ProductPanels.Pack(a.From(i, t), rows, depth, panel, turned);
                    ProductWideTile<V, T>.Run(
                        n, depth, b.From(t, 0).Transposed, turned, panel, sums, panel, t > 0, t + depth == k);
                }

                new Strided<T>((nint)sums, 1, panel).CopyTo(c.From(i, 0), rows, n);
            }
        }

        ArrayPool<byte>.Shared.Return(memory);
    }

    private static void SomeColumns(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int from)
    {
        bool wide = m <= ProductWideTile<V, T>.MaxRows;
        int columns = Math.Min(ColumnsInBlock, n - from), slab = wide ? WideSlab : Slab;
        int panel = wide ? ProductWideTile<V, T>.Columns : 2 * V.Count, padded = ProductPanels.Padded(columns, panel);
        byte[] memory = ArrayPool<byte>.Shared.Rent((((m * padded) + (slab * panel)) * sizeof(T)) + 64);
        fixed (byte* start = memory)
        {
            // C is gathered in a buffer of whole vectors; so is the last part of B, which has no whole vectors to read.
            T* sums = CacheBlock.Aligned<T>(start), rest = sums + (m * padded);
            for (int t = 0; t < k; t += slab)
            {
                int depth = Math.Min(slab, k - t);
                for (int j = 0; j < columns; j += panel)
                {
                    Strided<T> right = b.From(t, from + j);
                    bool whole = columns - j >= panel;
                    if (!whole)
                        ProductPanels.Pack(right.Transposed, columns - j, depth, panel, rest);
                    Slabs(wide, a.From(0, t), whole ? right
                        : new Strided<T>((nint)rest, panel, 1), sums + j, padded, m, depth, t > 0, t + depth == k);
                }
            }

            new Strided<T>((nint)sums, padded, 1).CopyTo(c.From(0, from), m, columns);
        }

        ArrayPool<byte>.Shared.Return(memory);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slabs(bool wide, Strided<T> a, Strided<T> right, T* sums, int padded, int m, int depth, bool accumulate, bool last)
    {
        if (wide)
        {
            ProductWideTile<V, T>.Run(m, depth, a, right.Start, right.Row, sums, padded, accumulate, last);
            return;
        }

        int rows = Chunks.Count(m, Chunks.Count(m, ProductTiles<V, T>.WholeRows)), panel = 2 * V.Count;
        for (int i = 0; i < m; i += rows)
        {
            var target = new Strided<T>((nint)(sums + (i * padded)), padded, 1);
            ProductTiles<V, T>.Run<StridedLeft>(
                a.From(i, 0), right.Start, right.Row, target, Math.Min(rows, m - i), depth, panel, accumulate, last, null);
        }
    }
}
