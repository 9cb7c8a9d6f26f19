using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>Attention with online softmax, block by block, for one register width.</summary>
internal readonly unsafe struct AttentionForward<V, T>(
    AttentionShape shape, T* queries, T* keys, T* values, bool* mask, T* output, T* logSumExp)
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The maximum size of the packed heads, in bytes.
    private const long MostAtOnce = 1 << 28;

    // The number of rows that share the visible keys of the last of them: a multiple of every tile, so that sums do not depend on the tile.
    private const int RowsAtOnce = 12;

    private int KeyBlocks => Chunks.Count(shape.Keys, AttentionBlocks.Keys);

    private int QueryBlocks => Chunks.Count(shape.Queries, AttentionBlocks.Queries);

    // For each block of keys: the transposed keys, the values, the mask, and whether all values are finite.
    private int PackedSize =>
        AttentionBlocks<V, T>.TurnedSize(shape.Depth) + AttentionBlocks<V, T>.StraightSize(shape.Depth)
        + (mask == null ? 0 : AttentionBlocks.Keys) + Lanes.Wide<T>();

    /// <summary>Runs over all heads.</summary>
    public void Run(int maxThreads)
    {
        // With several threads, as many heads are packed at once as memory allows.
        int size = checked(KeyBlocks * PackedSize);
        int atOnce = maxThreads == 1 ? 1 : (int)Math.Clamp(MostAtOnce / Math.Max(1, (long)size * sizeof(T)), 1, Math.Max(1, shape.Heads));
        byte[] memory = ArrayPool<byte>.Shared.Rent(checked((atOnce * size * sizeof(T)) + 64));
        fixed (byte* start = memory)
        {
            T* packed = CacheBlock.Aligned<T>(start);
            for (int head = 0; head < shape.Heads; head += atOnce)
            {
                if (maxThreads > 1)
                    OverThreads(head, Math.Min(atOnce, shape.Heads - head), packed, maxThreads);
                else
                    OneHead(head, packed);
            }
        }

        ArrayPool<byte>.Shared.Return(memory);
    }

    private void OneHead(int head, T* packed)
    {
        for (int block = 0; block < KeyBlocks; block++)
            Pack(head, block, packed);
        for (int block = 0; block < QueryBlocks; block++)
            Queries(head, block, packed);
    }

    private void OverThreads(int firstHead, int heads, T* packed, int maxThreads)
    {
        AttentionForward<V, T> all = this;
        int keyBlocks = KeyBlocks, queryBlocks = QueryBlocks, size = PackedSize * keyBlocks;
        Chunks.For(heads * keyBlocks, maxThreads, i =>
            all.Pack(firstHead + (i / keyBlocks), i % keyBlocks, packed + ((nint)(i / keyBlocks) * size)));
        Chunks.For(
            heads * queryBlocks, maxThreads, i =>
                all.Queries(firstHead + (i / queryBlocks), i % queryBlocks, packed + ((nint)(i / queryBlocks) * size)));
    }

    private void Pack(int head, int block, T* packed)
    {
        int from = block * AttentionBlocks.Keys, count = Math.Min(AttentionBlocks.Keys, shape.Keys - from);
        nint start = (((nint)head * shape.Keys) + from) * shape.Depth;
        packed += (nint)block * PackedSize;
        T* straight = packed + AttentionBlocks<V, T>.TurnedSize(shape.Depth);
        T* facts = straight + AttentionBlocks<V, T>.StraightSize(shape.Depth);
        AttentionBlocks<V, T>.Turn(keys + start, count, shape.Depth, packed);
        bool* visible = mask == null ? null : mask + from;
        *(bool*)facts = AttentionBlocks<V, T>.Straighten(values + start, count, shape.Depth, visible, straight);
        if (mask != null)
            AttentionBlocks<V, T>.Spread(visible, count, facts + Lanes.Wide<T>());
    }

    [SkipLocalsInit]
    private void Queries(int head, int block, T* packed)
    {
        int first = block * AttentionBlocks.Queries, rows = Math.Min(AttentionBlocks.Queries, shape.Queries - first);
        int padded = AttentionBlocks<V, T>.Padded(shape.Depth);
        int size = AttentionBlocks.Queries * (shape.Depth + padded + AttentionBlocks.Keys);
        byte[] memory = ArrayPool<byte>.Shared.Rent((size * sizeof(T)) + 64);
        AttentionRow<T>* states = stackalloc AttentionRow<T>[AttentionBlocks.Queries];
        fixed (byte* start = memory)
        {
            T* sums = CacheBlock.Aligned<T>(start), scores = sums + (AttentionBlocks.Queries * padded);
            T* scaled = scores + (AttentionBlocks.Queries * AttentionBlocks.Keys);
            nint row = ((nint)head * shape.Queries) + first;
            AttentionBlocks<V, T>.Scale(
                queries + (row * shape.Depth), rows, shape.Depth, T.CreateTruncating(shape.Factor), scaled, shape.Depth);
            new Span<T>(sums, rows * padded).Clear();
            for (int i = 0; i < rows; i++)
                states[i] = AttentionRow<T>.Empty;

            int end = Chunks.Count(shape.Visible(first + rows - 1), AttentionBlocks.Keys);
            for (int keyBlock = 0; keyBlock < end; keyBlock++)
                Keys(keyBlock, first, rows, packed + ((nint)keyBlock * PackedSize), scaled, scores, sums, states);
            Finish(row, rows, sums, padded, states);
        }

        ArrayPool<byte>.Shared.Return(memory);
    }

    private void Keys(int block, int first, int rows, T* packed, T* scaled, T* scores, T* sums, AttentionRow<T>* states)
    {
        int from = block * AttentionBlocks.Keys, depth = shape.Depth, panel = AttentionBlocks<V, T>.Panel;
        int padded = AttentionBlocks<V, T>.Padded(depth), here = Math.Min(AttentionBlocks.Keys, shape.Keys - from);
        T* straight = packed + AttentionBlocks<V, T>.TurnedSize(depth);
        T* facts = straight + AttentionBlocks<V, T>.StraightSize(depth);
        T* masks = mask == null ? null : facts + Lanes.Wide<T>();

        // Where a value is not finite, each row is limited to its own visible keys, since 0·∞ is not 0.
        bool allSeeAll = shape.Visible(first) - from >= here;
        int tile = !*(bool*)facts ? 1 : allSeeAll ? rows : RowsAtOnce;
        for (int i = 0; i < rows; i += tile)
        {
            int count = Math.Min(tile, rows - i), visible = Math.Clamp(shape.Visible(first + i + count - 1) - from, 0, here);
            if (visible == 0)
                continue;
            T* tileScores = scores + (i * AttentionBlocks.Keys);
            if (depth > 0)
            {
                AttentionBlocks<V, T>.Product(
                    new Strided<T>((nint)(scaled + (i * depth)), depth, 1), count, depth, packed, panel,
                        (nint)depth * panel, visible, tileScores,
                    AttentionBlocks.Keys, false);
            }
            else
            {
                new Span<T>(tileScores, count * AttentionBlocks.Keys).Clear();
            }

            for (int r = 0; r < count; r++)
                Row(ref states[i + r],
                    tileScores + (r * AttentionBlocks.Keys), Math.Clamp(shape.Visible(first + i + r) - from, 0, here), visible, masks,
                    sums + ((i + r) * padded), padded);
            AttentionBlocks<V, T>.Product(
                new Strided<T>((nint)tileScores, AttentionBlocks.Keys, 1), count, visible, straight, panel, (nint)here * panel, depth,
                sums + (i * padded), padded, true);
        }
    }

    private static void Row(ref AttentionRow<T> state, T* scores, int count, int visible, T* masks, T* sums, int padded)
    {
        if (state.Add<V>(scores, count, masks, out T factor))
            AttentionBlocks<V, T>.Scale(sums, 1, padded, factor, sums, padded);
        int written = Chunks.Count(count, V.Count) * V.Count;
        if (written < visible)
            new Span<T>(scores + written, visible - written).Clear();
    }

    private void Finish(nint row, int rows, T* sums, int padded, AttentionRow<T>* states)
    {
        for (int i = 0; i < rows; i++, sums += padded)
        {
            // 1 / 0 is infinite and 0·∞ is NaN: a query without visible keys has no mean.
            T factor = T.CreateTruncating(1 / states[i].Sum);
            AttentionBlocks<V, T>.Scale(sums, 1, shape.Depth, factor, output + ((row + i) * shape.Depth), shape.Depth);
            if (logSumExp != null)
            {
                double total = states[i].LogSumExp;
                logSumExp[row + i] = double.IsNaN(total) ? T.NaN : T.CreateTruncating(total);
            }
        }
    }
}
