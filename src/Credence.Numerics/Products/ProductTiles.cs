using System.Numerics;
using System.Runtime.CompilerServices;
using static Credence.Numerics.Counts;

namespace Credence.Numerics;

/// <summary>Chooses the tile for the remainder of a matrix, and ensures that nothing beyond its edge is written.</summary>
internal static unsafe class ProductTiles<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows of a whole tile two vectors wide.</summary>
    public static int WholeRows => V.Count * sizeof(T) == 64 ? 12 : 6;

    /// <summary>c (+)= a·b for at most a tile's rows and two vectors of columns.</summary>
    /// <param name="a">[rows, depth].</param>
    /// <param name="b">[depth, columns], readable to the end of the last vector.</param>
    /// <param name="bRow">The term stride of b.</param>
    /// <param name="c">[rows, columns].</param>
    /// <param name="rows">Rows of c, at most <see cref="WholeRows"/>, or 12 for one vector of columns.</param>
    /// <param name="depth">The number of terms.</param>
    /// <param name="columns">Columns of c.</param>
    /// <param name="accumulate">Whether the chains continue from the values in c.</param>
    /// <param name="last">Whether the chains end here.</param>
    /// <param name="edge">A buffer for a tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLeft>(
        Strided<T> a, T* b, nint bRow, Strided<T> c, int rows, int depth, int columns, bool accumulate, bool last, T* edge)
        where TLeft : struct, ITileLeft
    {
        int vectors = columns > V.Count ? 2 : 1, width = vectors * V.Count;
        if (columns == width && c.Column == 1)
        {
            Rows<TLeft>(vectors, rows, depth, a, b, bRow, c.Start, c.Row, accumulate, last);
            return;
        }

        var whole = new Strided<T>((nint)edge, width, 1);
        if (accumulate)
            c.CopyTo(whole, rows, columns);
        Rows<TLeft>(vectors, rows, depth, a, b, bRow, edge, width, accumulate, last);
        whole.CopyTo(c, rows, columns);
    }

    private static void Rows<TLeft>(
        int vectors, int rows, int depth, Strided<T> a, T* b, nint bRow, T* c, nint cRow, bool accumulate, bool last)
        where TLeft : struct, ITileLeft
    {
        if (vectors == 1)
            Rows<TLeft, One>(rows, depth, a, b, bRow, c, cRow, accumulate, last);
        else
            Rows<TLeft, Two>(rows, depth, a, b, bRow, c, cRow, accumulate, last);
    }

    private static void Rows<TLeft, TColumns>(
        int rows, int depth, Strided<T> a, T* b, nint bRow, T* c, nint cRow, bool accumulate, bool last)
        where TLeft : struct, ITileLeft
        where TColumns : struct, ICount
    {
        int done;
        for (; rows > 0; rows -= done)
        {
            switch (rows)
            {
                case >= 12:
                    done = Tile<TLeft, Twelve, TColumns>(depth, a, b, bRow, c, cRow, accumulate, last);
                    break;
                case >= 8:
                    done = Tile<TLeft, Eight, TColumns>(depth, a, b, bRow, c, cRow, accumulate, last);
                    break;
                case >= 6:
                    done = Tile<TLeft, Six, TColumns>(depth, a, b, bRow, c, cRow, accumulate, last);
                    break;
                case 5:
                    done = Tile<TLeft, Five, TColumns>(depth, a, b, bRow, c, cRow, accumulate, last);
                    break;
                case 4:
                    done = Tile<TLeft, Four, TColumns>(depth, a, b, bRow, c, cRow, accumulate, last);
                    break;
                case 3:
                    done = Tile<TLeft, Three, TColumns>(depth, a, b, bRow, c, cRow, accumulate, last);
                    break;
                case 2:
                    done = Tile<TLeft, Two, TColumns>(depth, a, b, bRow, c, cRow, accumulate, last);
                    break;
                default:
                    done = Tile<TLeft, One, TColumns>(depth, a, b, bRow, c, cRow, accumulate, last);
                    break;
            }

            a = a.From(done, 0);
            c += done * cRow;
        }
    }

    private static int Tile<TLeft, TRows, TColumns>(
        int depth, Strided<T> a, T* b, nint bRow, T* c, nint cRow, bool accumulate, bool last)
        where TLeft : struct, ITileLeft
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        ProductTile<V, T>.Run<TLeft, TRows, TColumns>(depth, a.Start, a.Row, a.Column, b, bRow, c, cRow, accumulate, last);
        return TRows.Value;
    }
}
