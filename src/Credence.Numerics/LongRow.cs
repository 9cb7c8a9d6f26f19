using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>Rows longer than a block, piece by piece: one pass for the sum, one for the results, nothing kept between them.</summary>
internal static unsafe class LongRow
{
    /// <summary>Pieces that make up one thread's work.</summary>
    private const int ChunkPieces = 8;

    /// <summary>The sum of a row's exponentials.</summary>
    /// <param name="source">Where the row comes from.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="count">Its length.</param>
    /// <param name="scale">1 / temperature.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="shifted">Whether the row is shifted; tried without unless it is true already.</param>
    public static RowTotal<T> Total<V, T, TSource>(TSource source, long from, int count, T scale, int threads, ref bool shifted)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
    {
        if (threads > 1)
            return OverThreads<V, T, TSource>(source, from, count, scale, threads, ref shifted);

        if (!shifted)
        {
            var plain = new RowTotal<T>(scale);
            if (TryAdd<V, T, TSource>(source, from, count, scale, false, ref plain))
                return plain;
            shifted = true;
        }

        var total = new RowTotal<T>(scale);
        TryAdd<V, T, TSource>(source, from, count, scale, true, ref total);
        return total;
    }

    [SkipLocalsInit]
    private static bool TryAdd<V, T, TSource>(TSource source, long from, int count, T scale, bool shifted, ref RowTotal<T> total)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
    {
        T* memory = stackalloc T[2 * (ExpRows.Elements + ExpRows.Spare)];
        T* e = ExpRows.Aligned<T>((byte*)memory), made = e + ExpRows.Elements + (ExpRows.Spare / 2);
        for (int i = 0; i < count; i += ExpRows.Elements)
        {
            int part = Math.Min(ExpRows.Elements, count - i);
            if (!TryPiece<V, T>(source.Read(from + i, part, made), part, scale, shifted, e, out RowPiece<T> piece))
                return false;
            total.Add(piece);
        }

        return true;
    }

    private static bool TryPiece<V, T>(T* x, int count, T scale, bool shifted, T* e, out RowPiece<T> piece)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!shifted)
        {
            bool narrow = scale == T.One
                ? ExpRows.TryNarrow<V, T, Unscaled>(x, count, scale, e)
                : ExpRows.TryNarrow<V, T, Scaled>(x, count, scale, e);
            piece = new(T.Zero, T.Zero, T.Zero, narrow ? Lanes.Sum<V, T>(e, count) : 0);
            return narrow;
        }

        T* end = x + count;
        V max = ExpRows.Max<V, T>(x, count, end);

        // A piece of only −∞ counts for nothing, if there is another.
        bool empty = max.First == T.NegativeInfinity;
        var anchor = new Anchor<V, T>(empty ? V.Constant(0) : max, V.Create(scale));
        ExpMaps.Spill<V, T, Anchor<V, T>>(x, count, end, e, anchor);
        piece = new(max.First, anchor.Shift.First, anchor.Base.First, Lanes.Sum<V, T>(e, count));
        return true;
    }

    private static RowTotal<T> OverThreads<V, T, TSource>(TSource source, long from, int count, T scale, int threads, ref bool shifted)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
    {
        var pieces = new RowPiece<T>[Chunks.Count(count, ExpRows.Elements)];
        if (!shifted && TryPieces<V, T, TSource>(source, from, count, scale, threads, false, pieces))
            return Added(pieces, scale);

        shifted = true;
        TryPieces<V, T, TSource>(source, from, count, scale, threads, true, pieces);
        return Added(pieces, scale);
    }

    private static bool TryPieces<V, T, TSource>(
        TSource source, long from, int count, T scale, int threads, bool shifted, RowPiece<T>[] pieces)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSource : struct, IRowSource<T>
    {
        bool all = true;
        Chunks.For(Chunks.Count(pieces.Length, ChunkPieces), threads, chunk =>
        {
            T* memory = stackalloc T[2 * (ExpRows.Elements + ExpRows.Spare)];
            T* e = ExpRows.Aligned<T>((byte*)memory), made = e + ExpRows.Elements + (ExpRows.Spare / 2);
            for (int p = chunk * ChunkPieces; p < Math.Min(pieces.Length, (chunk + 1) * ChunkPieces); p++)
            {
                int i = p * ExpRows.Elements, part = Math.Min(ExpRows.Elements, count - i);
                if (!TryPiece<V, T>(source.Read(from + i, part, made), part, scale, shifted, e, out pieces[p]))
                {
                    all = false;
                    return;
                }
            }
        });
        return all;
    }

    private static RowTotal<T> Added<T>(RowPiece<T>[] pieces, T scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var total = new RowTotal<T>(scale);
        foreach (RowPiece<T> piece in pieces)
            total.Add(piece);
        return total;
    }
}
