using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Products with one to three rows, with columns enough to keep the multipliers busy.</summary>
internal static unsafe class ProductWideTile<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most rows.</summary>
    public const int MaxRows = 3;

    /// <summary>Columns of a tile.</summary>
    public static int Columns => 4 * V.Count;

    /// <summary>c (+)= a·b for <see cref="Columns"/> and up to <see cref="MaxRows"/> rows.</summary>
    public static void Run(int rows, int depth, Strided<T> a, T* b, nint bRow, T* c, nint cRow, bool accumulate, bool last)
    {
        if (typeof(V) == typeof(Lanes512<T>))
            ProductWideTile<T, Vector512<T>, Vectors512<T>>.Run(rows, depth, a, b, bRow, c, cRow, accumulate, last);
        else if (typeof(V) == typeof(Lanes256<T>))
            ProductWideTile<T, Vector256<T>, Vectors256<T>>.Run(rows, depth, a, b, bRow, c, cRow, accumulate, last);
        else if (typeof(V) == typeof(Lanes128<T>))
            ProductWideTile<T, Vector128<T>, Vectors128<T>>.Run(rows, depth, a, b, bRow, c, cRow, accumulate, last);
        else
            ProductWideTile<T, T, Scalars<T>>.Run(rows, depth, a, b, bRow, c, cRow, accumulate, last);
    }
}

/// <summary>The innermost loop of products with one to three rows, with columns enough to keep the multipliers busy.</summary>
internal static unsafe class ProductWideTile<T, TVector, TVectors>
    where T : unmanaged
    where TVector : struct
    where TVectors : struct, IVectors<T, TVector>
{
    /// <summary>c[i, j] (+)= Σ_k a[i, k]·b[k, j] by fused multiply-add in the order of k, for four vectors of columns.</summary>
    /// <param name="rows">Rows of c, 1 to 3.</param>
    /// <param name="depth">The number of terms, at least one.</param>
    /// <param name="a">The left matrix.</param>
    /// <param name="b">The right matrix's first element.</param>
    /// <param name="bRow">From one term of the right matrix to the next.</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="cRow">From one row of the tile to the next.</param>
    /// <param name="accumulate">Whether the chains go on from what c holds, or start at 0.</param>
    /// <param name="last">Whether the chains end here: then a NaN is written as the one NaN.</param>
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
        int width = TVectors.Count;
        TVector c0a = default, c0b = default, c0c = default, c0d = default;
        TVector c1a = default, c1b = default, c1c = default, c1d = default;
        TVector c2a = default, c2b = default, c2c = default, c2d = default;
        if (accumulate)
        {
            c0a = TVectors.Load(c);
            c0b = TVectors.Load(c + width);
            c0c = TVectors.Load(c + (2 * width));
            c0d = TVectors.Load(c + (3 * width));

            if (TRows.Value > 1)
            {
                c1a = TVectors.Load(c + cRow);
                c1b = TVectors.Load(c + cRow + width);
                c1c = TVectors.Load(c + cRow + (2 * width));
                c1d = TVectors.Load(c + cRow + (3 * width));
            }

            if (TRows.Value > 2)
            {
                c2a = TVectors.Load(c + (2 * cRow));
                c2b = TVectors.Load(c + (2 * cRow) + width);
                c2c = TVectors.Load(c + (2 * cRow) + (2 * width));
                c2d = TVectors.Load(c + (2 * cRow) + (3 * width));
            }
        }

        do
        {
            TVector ba = TVectors.Load(b), bb = TVectors.Load(b + width);
            TVector bc = TVectors.Load(b + (2 * width)), bd = TVectors.Load(b + (3 * width));
            TVector factor = TVectors.Fill(a);
            c0a = TVectors.MultiplyAdd(factor, ba, c0a);
            c0b = TVectors.MultiplyAdd(factor, bb, c0b);
            c0c = TVectors.MultiplyAdd(factor, bc, c0c);
            c0d = TVectors.MultiplyAdd(factor, bd, c0d);

            if (TRows.Value > 1)
            {
                factor = TVectors.Fill(a + row);
                c1a = TVectors.MultiplyAdd(factor, ba, c1a);
                c1b = TVectors.MultiplyAdd(factor, bb, c1b);
                c1c = TVectors.MultiplyAdd(factor, bc, c1c);
                c1d = TVectors.MultiplyAdd(factor, bd, c1d);
            }

            if (TRows.Value > 2)
            {
                factor = TVectors.Fill(a + (2 * row));
                c2a = TVectors.MultiplyAdd(factor, ba, c2a);
                c2b = TVectors.MultiplyAdd(factor, bb, c2b);
                c2c = TVectors.MultiplyAdd(factor, bc, c2c);
                c2d = TVectors.MultiplyAdd(factor, bd, c2d);
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
    private static void Store(T* c, TVector first, TVector second, TVector third, TVector fourth, bool last)
    {
        int width = TVectors.Count;
        TVectors.Store(last ? TVectors.OneNaN(first) : first, c);
        TVectors.Store(last ? TVectors.OneNaN(second) : second, c + width);
        TVectors.Store(last ? TVectors.OneNaN(third) : third, c + (2 * width));
        TVectors.Store(last ? TVectors.OneNaN(fourth) : fourth, c + (3 * width));
    }
}
