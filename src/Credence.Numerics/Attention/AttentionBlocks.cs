using System.Numerics;

namespace Credence.Numerics;

/// <summary>The block sizes of attention, the same on every machine, since sums are added block by block.</summary>
internal static class AttentionBlocks
{
    /// <summary>Queries in a block.</summary>
    public const int Queries = 48;

    /// <summary>Keys in a block.</summary>
    public const int Keys = 128;
}

/// <summary>The matrix products of attention, on blocks that fit the L1 cache.</summary>
internal static unsafe class AttentionBlocks<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of columns that a tile computes at once.</summary>
    public static int Panel => 2 * V.Count;

    /// <summary>The depth, rounded up to whole panels.</summary>
    public static int Padded(int depth) => ProductPanels.Padded(depth, Panel);

    /// <summary>The size of a transposed block of keys: panels of keys, each [depth, panel].</summary>
    public static int TurnedSize(int depth) => AttentionBlocks.Keys * Math.Max(1, depth);

    /// <summary>The size of a block of keys or values, not transposed: panels of their depth, each [keys, panel].</summary>
    public static int StraightSize(int depth) => AttentionBlocks.Keys * Padded(depth);

    /// <summary>Packs rows of numbers so that products sum over their depth.</summary>
    public static void Turn(T* rows, int count, int depth, T* to) =>
        ProductPanels.Pack(new Strided<T>((nint)rows, depth, 1), count, depth, Panel, to);

    /// <summary>Packs rows of numbers so that products sum over the rows; masked rows are zeros.</summary>
    /// <returns>Whether all visible numbers are finite.</returns>
    public static bool Straighten(T* rows, int count, int depth, bool* mask, T* to)
    {
        ProductPanels.Pack(new Strided<T>((nint)rows, 1, depth), depth, count, Panel, to);
        if (mask == null)
            return IsFinite(rows, (nint)count * depth);

        bool finite = true;
        for (int row = 0; row < count; row++)
        {
            if (mask[row])
            {
                finite &= IsFinite(rows + ((nint)row * depth), depth);
                continue;
            }

            for (int panel = 0; panel < Padded(depth); panel += Panel)
                new Span<T>(to + (((nint)panel * count) + (row * Panel)), Panel).Clear();
        }

        return finite;
    }

    /// <summary>c (+)= a·b for rows of a and a packed b.</summary>
    /// <param name="a">[rows, terms].</param>
    /// <param name="rows">Rows of a and c.</param>
    /// <param name="terms">Terms of each sum.</param>
    /// <param name="b">Panels of columns.</param>
    /// <param name="bRow">The term stride of a panel.</param>
    /// <param name="panelSize">The panel stride.</param>
    /// <param name="columns">Columns of c; whole panels are written.</param>
    /// <param name="c">[rows, cRow].</param>
    /// <param name="cRow">The row stride of c.</param>
    /// <param name="accumulate">Whether the products are added to c.</param>
    public static void Product(
        Strided<T> a, int rows, int terms, T* b, nint bRow, nint panelSize, int columns, T* c, nint cRow, bool accumulate)
    {
        for (int j = 0; j < columns; j += Panel, b += panelSize)
        {
            for (int i = 0; i < rows; i += ProductTiles<V, T>.WholeRows)
            {
                var target = new Strided<T>((nint)(c + (i * cRow) + j), cRow, 1);
                ProductTiles<V, T>.Run<StridedLeft>(
                    a.From(i, 0), b, bRow, target, Math.Min(ProductTiles<V, T>.WholeRows, rows - i), terms, Panel, accumulate, false, null);
            }
        }
    }

    /// <summary>y = x·factor, every NaN as the canonical NaN, rows of <paramref name="depth"/> numbers with the row
    /// stride <paramref name="yRow"/>.</summary>
    public static void Scale(T* x, int rows, int depth, T factor, T* y, int yRow)
    {
        V factors = V.Create(factor);
        for (int row = 0; row < rows; row++, x += depth, y += yRow)
        {
            int d = 0;
            for (; d <= depth - V.Count; d += V.Count)
                Lanes.OneNaN<V, T>(V.Load(x + d) * factors).Store(y + d);
            for (; d < depth; d++)
            {
                T product = x[d] * factor;
                y[d] = T.IsNaN(product) ? T.NaN : product;
            }
        }
    }

    /// <summary>Expands a mask to all bits of each visible number, for a whole block.</summary>
    public static void Spread(bool* mask, int count, T* to)
    {
        new Span<byte>(to, AttentionBlocks.Keys * sizeof(T)).Clear();
        for (int key = 0; key < count; key++)
        {
            if (mask[key])
                new Span<byte>(to + key, sizeof(T)).Fill(255);
        }
    }

    private static bool IsFinite(T* x, nint count)
    {
        // x − x is 0 for every finite number and NaN otherwise.
        V sum = V.Constant(0);
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            V v = V.Load(x + i);
            sum += v - v;
        }

        T rest = T.Zero;
        for (; i < count; i++)
            rest += x[i] - x[i];
        return rest == T.Zero && V.SumAcross(sum).First == T.Zero;
    }
}
