using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>Products with one to three rows, with enough columns to keep the multipliers busy.</summary>
internal static unsafe class ProductWideTile<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The maximum number of rows.</summary>
    public const int MaxRows = 3;

    /// <summary>Columns of a tile.</summary>
    public static int Columns => 4 * V.Count;

    /// <summary>c[i, j] (+)= Σ_k a[i, k]·b[k, j] by fused multiply-add in the order of k, for four vectors of columns.</summary>
    /// <param name="rows">Rows of c, 1 to 3.</param>
    /// <param name="depth">The number of terms, at least one.</param>
    /// <param name="a">The left matrix.</param>
    /// <param name="b">The right matrix's first element.</param>
    /// <param name="bRow">The term stride of the right matrix.</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="cRow">The row stride of the tile.</param>
    /// <param name="accumulate">Whether the chains continue from the values in c, or start at 0.</param>
    /// <param name="last">Whether the chains end here: then every NaN is written as the canonical NaN.</param>
    public static void Run(int rows, int depth, Strided<T> a, T* b, nint bRow, T* c, nint cRow, bool accumulate, bool last)
    {
        switch (rows)
        {
            case 1:
                Run<Counts.One>(depth, a.Start, a.Row, a.Column, b, bRow, c, cRow, accumulate, last);
                break;
            case 2:
                Run<Counts.Two>(depth, a.Start, a.Row, a.Column, b, bRow, c, cRow, accumulate, last);
                break;
            default:
                Run<Counts.Three>(depth, a.Start, a.Row, a.Column, b, bRow, c, cRow, accumulate, last);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRows>(nint depth, T* a, nint row, nint term, T* b, nint bRow, T* c, nint cRow, bool accumulate, bool last)
        where TRows : struct, ICount
    {
        int width = V.Count;
        V c0a = default, c0b = default, c0c = default, c0d = default;
        V c1a = default, c1b = default, c1c = default, c1d = default;
        V c2a = default, c2b = default, c2c = default, c2d = default;
        if (accumulate)
        {
            c0a = V.Load(c);
            c0b = V.Load(c + width);
            c0c = V.Load(c + (2 * width));
            c0d = V.Load(c + (3 * width));

            if (TRows.Value > 1)
            {
                c1a = V.Load(c + cRow);
                c1b = V.Load(c + cRow + width);
                c1c = V.Load(c + cRow + (2 * width));
                c1d = V.Load(c + cRow + (3 * width));
            }

            if (TRows.Value > 2)
            {
                c2a = V.Load(c + (2 * cRow));
                c2b = V.Load(c + (2 * cRow) + width);
                c2c = V.Load(c + (2 * cRow) + (2 * width));
                c2d = V.Load(c + (2 * cRow) + (3 * width));
            }
        }

        do
        {
            V ba = V.Load(b), bb = V.Load(b + width);
            V bc = V.Load(b + (2 * width)), bd = V.Load(b + (3 * width));
            V factor = V.Broadcast(a);
            V.AddProduct(ref c0a, factor, ba);
            V.AddProduct(ref c0b, factor, bb);
            V.AddProduct(ref c0c, factor, bc);
            V.AddProduct(ref c0d, factor, bd);

            if (TRows.Value > 1)
            {
                factor = V.Broadcast(a + row);
                V.AddProduct(ref c1a, factor, ba);
                V.AddProduct(ref c1b, factor, bb);
                V.AddProduct(ref c1c, factor, bc);
                V.AddProduct(ref c1d, factor, bd);
            }

            if (TRows.Value > 2)
            {
                factor = V.Broadcast(a + (2 * row));
                V.AddProduct(ref c2a, factor, ba);
                V.AddProduct(ref c2b, factor, bb);
                V.AddProduct(ref c2c, factor, bc);
                V.AddProduct(ref c2d, factor, bd);
            }

            b += bRow;
            a += term;
        }
        while (--depth != 0);

        Store(c, c0a, c0b, c0c, c0d, last);
        if (TRows.Value > 1)
            Store(c + cRow, c1a, c1b, c1c, c1d, last);
        if (TRows.Value > 2)
            Store(c + (2 * cRow), c2a, c2b, c2c, c2d, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* c, V first, V second, V third, V fourth, bool last)
    {
        int width = V.Count;
        (last ? Lanes.OneNaN<V, T>(first) : first).Store(c);
        (last ? Lanes.OneNaN<V, T>(second) : second).Store(c + width);
        (last ? Lanes.OneNaN<V, T>(third) : third).Store(c + (2 * width));
        (last ? Lanes.OneNaN<V, T>(fourth) : fourth).Store(c + (3 * width));
    }
}
