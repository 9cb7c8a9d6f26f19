using System.Numerics;
using System.Runtime.InteropServices;

namespace Credence.Numerics;

/// <summary>The right matrix of many products with few rows each, kept in the order in which tiles read it.</summary>
/// <remarks>Each element of a result adds its products in the order of the terms with fused multiply-add: the bits depend only on the
/// values. An instance may be read by several threads at once, but not while it is packed.</remarks>
internal sealed unsafe class PackedMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of terms for which a panel stays in the first-level cache.</summary>
    private const int Depth = 256;

    private readonly T[] panels;

    // The width of vectors for which it is packed, and columns of a panel: two vectors.
    private readonly int bits, panel;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="terms">Rows of the matrix: terms of each sum.</param>
    /// <param name="columns">Columns of the matrix.</param>
    public PackedMatrix(int terms, int columns)
    {
        Terms = terms;
        Columns = columns;
        bits = LaneWidth.Bits;
        panel = bits == 0 ? 2 : 2 * bits / 8 / sizeof(T);
        panels = GC.AllocateArray<T>(checked(ProductPanels.Padded(columns, panel) * terms), pinned: true);
    }

    /// <summary>Rows of the matrix.</summary>
    public int Terms { get; }

    /// <summary>Columns of the matrix.</summary>
    public int Columns { get; }

    /// <summary>Packs rows of the matrix.</summary>
    /// <param name="values">[rows, columns], or its transpose.</param>
    /// <param name="isTransposed">Whether <paramref name="values"/> is [columns, rows].</param>
    /// <param name="first">The row of the packed matrix where the first of these goes.</param>
    public void Pack(ReadOnlySpan<T> values, bool isTransposed = false, int first = 0)
    {
        int rows = values.Length / Columns;
        Shape.Exactly(values.Length, (long)rows * Columns, nameof(values));
        Shape.AtLeast(Terms, (long)first + rows, nameof(first));
        T* to = (T*)Marshal.UnsafeAddrOfPinnedArrayElement(panels, 0);
        fixed (T* start = values)
        {
            // One row per column of the matrix.
            var from = new Strided<T>((nint)start, isTransposed ? rows : 1, isTransposed ? 1 : Columns);
            for (int j = 0; j < Columns; j += panel)
            {
                ProductPanels.Pack(
                    from.From(j, 0), Math.Min(panel, Columns - j), rows, panel, to + ((nint)j * Terms) + ((nint)first * panel));
            }
        }
    }

    /// <summary>c (+)= a·(this matrix).</summary>
    /// <param name="a">The left matrix, in place.</param>
    /// <param name="c">The result.</param>
    /// <param name="rows">Rows of both.</param>
    /// <param name="accumulate">Whether the chains continue from the values in <paramref name="c"/>, or start at 0.</param>
    /// <param name="first">The first row of this matrix.</param>
    /// <param name="terms">The rows of this matrix; −1 for all from <paramref name="first"/>.</param>
    public void Multiply(Strided<T> a, Strided<T> c, int rows, bool accumulate = false, int first = 0, int terms = -1)
    {
        terms = terms < 0 ? Terms - first : terms;
        switch (bits)
        {
            case 512: Multiply<Lanes512<T>>(a, c, rows, accumulate, first, terms); break;
            case 256: Multiply<Lanes256<T>>(a, c, rows, accumulate, first, terms); break;
            case 128: Multiply<Lanes128<T>>(a, c, rows, accumulate, first, terms); break;
            default: Multiply<OneLane<T>>(a, c, rows, accumulate, first, terms); break;
        }
    }

    private void Multiply<V>(Strided<T> a, Strided<T> c, int rows, bool accumulate, int first, int terms)
        where V : struct, ILanes<V, T>
    {
        T* edge = stackalloc T[2 * V.Count * ProductTiles<V, T>.WholeRows];
        T* right = (T*)Marshal.UnsafeAddrOfPinnedArrayElement(panels, 0);
        int tile = ProductTiles<V, T>.WholeRows;
        for (int t = 0; t < terms; t += Depth)
        {
            int depth = Math.Min(Depth, terms - t);
            for (int j = 0; j < Columns; j += panel)
            {
                T* b = right + ((nint)j * Terms) + ((nint)(first + t) * panel);
                for (int i = 0; i < rows; i += tile)
                {
                    ProductTiles<V, T>.Run<StridedLeft>(
                        a.From(i, t), b, panel, c.From(i, j), Math.Min(tile, rows - i), depth, Math.Min(panel, Columns - j),
                        accumulate || t > 0, t + depth == terms, edge);
                }
            }
        }
    }
}
