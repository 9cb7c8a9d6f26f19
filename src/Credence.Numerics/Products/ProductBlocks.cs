using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>A matrix product cut into blocks that fit the caches, both matrices packed (K. Goto, R. van de Geijn, 2008).</summary>
internal static unsafe class ProductBlocks<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A panel of the right matrix fills half the L1 cache, a block of the left half the L2, a block of the right a part of the L3.
    private const int Depth = 256;
    private const int ColumnsAtOnce = 2048;

    // A right matrix of this size stays in cache while C is written along its rows, a few pages at a time instead of one per row.
    private const int NearBytes = 1 << 16;

    private static int Panel => 2 * V.Count;

    private static int RowsAtOnce => 768 / sizeof(T);

    /// <summary>C = A·B for at most <see cref="ProductPlan.Chain"/> terms, overwriting C.</summary>
    public static void Multiply(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int maxThreads)
    {
        int needed = Math.Min(Depth, k) * ProductPanels.Padded(Math.Min(ColumnsAtOnce, n), Panel);
        byte[] memory = ArrayPool<byte>.Shared.Rent((needed * sizeof(T)) + 64);
        fixed (byte* start = memory)
        {
            T* right = CacheBlock.Aligned<T>(start);
            for (int j = 0; j < n; j += ColumnsAtOnce)
            {
                int columns = Math.Min(ColumnsAtOnce, n - j);
                for (int t = 0; t < k; t += Depth)
                {
                    int depth = Math.Min(Depth, k - t);
                    bool last = t + depth == k;
                    if (maxThreads == 1)
                    {
                        ProductPanels.Pack(b.From(t, j).Transposed, columns, depth, Panel, right);
                        for (int i = 0; i < m; i += RowsAtOnce)
                            Block(a.From(i, t), right, c.From(i, j), Math.Min(RowsAtOnce, m - i), depth, columns, t > 0, last);
                    }
                    else
                    {
                        OverThreads(a.From(0, t), b.From(t, j), right, c.From(0, j), m, depth, columns, t > 0, last, maxThreads);
                    }
                }
            }
        }

        ArrayPool<byte>.Shared.Return(memory);
    }

    // Every element of C is a separate chain, so rows can be divided in any way.
    private static void OverThreads(
        Strided<T> a, Strided<T> b, T* right, Strided<T> c, int m, int depth, int columns, bool accumulate, bool last, int maxThreads)
    {
        int packAtOnce = 8 * Panel;
        Chunks.For(Chunks.Count(columns, packAtOnce), maxThreads, chunk =>
        {
            int j = chunk * packAtOnce;
            ProductPanels.Pack(b.From(0, j).Transposed, Math.Min(packAtOnce, columns - j), depth, Panel, right + ((nint)j * depth));
        });

        // Few rows make smaller pieces, and many columns more pieces, so that there are enough for all threads.
        int rows = Math.Min(RowsAtOnce, ProductPanels.Padded(Math.Max(1, m / 8), ProductTiles<V, T>.WholeRows));
        int width = m >= 4 * rows ? columns : ProductPanels.Padded(Math.Max(1, columns / 8), Panel);
        int across = Chunks.Count(columns, width);
        Chunks.For(Chunks.Count(m, rows) * across, maxThreads, chunk =>
        {
            int i = chunk / across * rows, j = chunk % across * width;
            Block(
                a.From(i, 0),
                    right + ((nint)j * depth), c.From(i, j), Math.Min(rows, m - i), depth, Math.Min(width, columns - j), accumulate, last);
        });
    }

    /// <summary>A block of the left matrix, packed here, times a packed block of the right.</summary>
    [SkipLocalsInit]
    private static void Block(Strided<T> a, T* right, Strided<T> c, int rows, int depth, int columns, bool accumulate, bool last)
    {
        int tile = ProductTiles<V, T>.WholeRows;
        byte[] memory = ArrayPool<byte>.Shared.Rent((ProductPanels.Padded(rows, tile) * depth * sizeof(T)) + 64);
        T* edge = stackalloc T[tile * Panel];
        fixed (byte* start = memory)
        {
            T* left = CacheBlock.Aligned<T>(start);
            ProductPanels.Pack(a, rows, depth, tile, left);
            if (columns * depth * sizeof(T) <= NearBytes)
            {
                for (int i = 0; i < rows; i += tile)
                {
                    for (int j = 0; j < columns; j += Panel)
                        Tile(left, right, c, i, j, rows, depth, columns, accumulate, last, edge);
                }
            }
            else
            {
                for (int j = 0; j < columns; j += Panel)
                {
                    for (int i = 0; i < rows; i += tile)
                        Tile(left, right, c, i, j, rows, depth, columns, accumulate, last, edge);
                }
            }
        }

        ArrayPool<byte>.Shared.Return(memory);
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile(
        T* left, T* right, Strided<T> c, int i, int j, int rows, int depth, int columns, bool accumulate, bool last, T* edge)
    {
        int tile = ProductTiles<V, T>.WholeRows;
        var packed = new Strided<T>((nint)(left + ((nint)i * depth)), 1, tile);
        ProductTiles<V, T>.Run<PackedLeft>(
            packed, right + ((nint)j * depth), Panel, c.From(i, j), Math.Min(tile, rows - i), depth, Math.Min(Panel, columns - j),
                accumulate, last, edge);
    }
}
