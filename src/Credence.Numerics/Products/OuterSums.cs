using System.Numerics;

namespace Credence.Numerics;

/// <summary>Sums of outer products: the gradient of a product in its right matrix.</summary>
internal static unsafe class OuterSums
{
    /// <summary>c (+)= Σ_t a[:, t]·b[t, :], in the order of t by fused multiply-add; the bits do not depend on the width of
    /// vectors.</summary>
    /// <param name="a">[rows, terms], in place.</param>
    /// <param name="b">[terms, columns] with contiguous rows, readable for 32 values beyond its end.</param>
    /// <param name="bRow">The row stride of b.</param>
    /// <param name="c">[rows, columns].</param>
    /// <param name="rows">Rows of c.</param>
    /// <param name="terms">The number of terms, at least one.</param>
    /// <param name="columns">Columns of c.</param>
    /// <param name="accumulate">Whether the sums continue from the values in c, or start at 0.</param>
    public static void Add<T>(Strided<T> a, T* b, nint bRow, Strided<T> c, int rows, int terms, int columns, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (LaneWidth.Bits)
        {
            case 512: Add<Lanes512<T>, T>(a, b, bRow, c, rows, terms, columns, accumulate); break;
            case 256: Add<Lanes256<T>, T>(a, b, bRow, c, rows, terms, columns, accumulate); break;
            case 128: Add<Lanes128<T>, T>(a, b, bRow, c, rows, terms, columns, accumulate); break;
            default: Add<OneLane<T>, T>(a, b, bRow, c, rows, terms, columns, accumulate); break;
        }
    }

    private static void Add<V, T>(Strided<T> a, T* b, nint bRow, Strided<T> c, int rows, int terms, int columns, bool accumulate)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int tile = ProductTiles<V, T>.WholeRows, panel = 2 * V.Count;
        T* edge = stackalloc T[panel * tile];
        for (int i = 0; i < rows; i += tile)
        {
            for (int j = 0; j < columns; j += panel)
            {
                ProductTiles<V, T>.Run<StridedLeft>(
                    a.From(i, 0), b + j, bRow, c.From(i, j), Math.Min(tile, rows - i), terms, Math.Min(panel, columns - j), accumulate,
                    true, edge);
            }
        }
    }
}
