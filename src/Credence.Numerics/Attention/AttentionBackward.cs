using System.Buffers;
using System.Numerics;

namespace Credence.Numerics;

/// <summary>The gradients of attention, with the probabilities recomputed block by block (T. Dao et al., 2022).</summary>
/// <remarks>
/// P = e^(S − logSumExp); dV = Pᵀ·dO; dS = P ∘ (dO·Vᵀ − D) with D = Σ dO ∘ O per row; dQ = scale·dS·K; dK = dSᵀ·(scale·Q). First over
/// queries, then over keys: some work is done twice, so that the order of sums does not depend on threads.
/// </remarks>
internal readonly unsafe struct AttentionBackward<V, T>(
    AttentionShape shape, AttentionInputs<T> x, T* queryGradient, T* keyGradient, T* valueGradient)
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The number of query blocks that share a packed block of keys.
    private const int BlocksAtOnce = 8;

    private int Padded => AttentionBlocks<V, T>.Padded(shape.Depth);

    /// <summary>Runs over all heads.</summary>
    public void Run(int maxThreads)
    {
        if (shape.Depth == 0)
            return;

        int groups = Chunks.Count(shape.Queries, BlocksAtOnce * AttentionBlocks.Queries),
            blocks = Chunks.Count(shape.Keys, AttentionBlocks.Keys);
        if (maxThreads > 1)
        {
            OverThreads(groups, blocks, maxThreads);
            return;
        }

        for (int i = 0; i < shape.Heads * groups; i++)
            Queries(i / groups, i % groups);
        for (int i = 0; i < shape.Heads * blocks; i++)
            Keys(i / blocks, i % blocks);
    }

    private void OverThreads(int groups, int blocks, int maxThreads)
    {
        AttentionBackward<V, T> all = this;
        Chunks.For(shape.Heads * groups, maxThreads, i => all.Queries(i / groups, i % groups));
        Chunks.For(shape.Heads * blocks, maxThreads, i => all.Keys(i / blocks, i % blocks));
    }

    /// <summary>The gradient with respect to a range of query blocks.</summary>
    private void Queries(int head, int group)
    {
        int first = group * BlocksAtOnce
            * AttentionBlocks.Queries, rows = Math.Min(BlocksAtOnce * AttentionBlocks.Queries, shape.Queries - first);
        byte[] memory = ArrayPool<byte>.Shared.Rent(Scratch.Bytes(shape.Depth, rows));
        fixed (byte* start = memory)
        {
            var s = new Scratch(start, shape.Depth);
            new Span<T>(s.Sums, rows * Padded).Clear();
            for (int from = 0; from < shape.Visible(first + rows - 1); from += AttentionBlocks.Keys)
            {
                int keys = PackKeys(head, from, s);
                T* straight = s.SecondSums;
                bool finite = AttentionBlocks<V, T>.Straighten(
                    x.Keys + (Key(head, from) * shape.Depth), keys, shape.Depth, x.Mask == null ? null : x.Mask + from, straight);
                for (int done = 0; done < rows; done += AttentionBlocks.Queries)
                {
                    int count = Math.Min(AttentionBlocks.Queries, rows - done);
                    if (shape.Visible(first + done + count - 1) <= from)
                        continue;
                    PackQueries(head, first + done, count, s);
                    Probabilities(head, first + done, count, from, keys, s);
                    AddToQueries(first + done, count, from, keys, straight, finite, s.Gradients, s.Sums + (done * Padded));
                }
            }

            Write(s.Sums, rows, T.CreateTruncating(shape.Factor), queryGradient + (Query(head, first) * shape.Depth));
        }

        ArrayPool<byte>.Shared.Return(memory);
    }

    private void AddToQueries(int first, int count, int from, int keys, T* straight, bool finite, T* gradients, T* sums)
    {
        // Where a key is not finite, each row is limited to its visible keys, since 0·∞ is not 0.
        int panel = AttentionBlocks<V, T>.Panel;
        for (int i = 0, step = finite ? count : 1; i < count; i += step)
        {
            int terms = finite ? keys : Math.Clamp(shape.Visible(first + i) - from, 0, keys);
            if (terms > 0)
            {
                AttentionBlocks<V, T>.Product(
                    new Strided<T>((nint)(gradients + (i * AttentionBlocks.Keys)), AttentionBlocks.Keys, 1), step, terms, straight, panel,
                    (nint)keys * panel, shape.Depth, sums + (i * Padded), Padded, true);
            }
        }
    }

    /// <summary>The gradients with respect to a block of keys and of values.</summary>
    private void Keys(int head, int block)
    {
        int from = block * AttentionBlocks.Keys;
        byte[] memory = ArrayPool<byte>.Shared.Rent(Scratch.Bytes(shape.Depth, AttentionBlocks.Keys));
        fixed (byte* start = memory)
        {
            var s = new Scratch(start, shape.Depth);
            int keys = PackKeys(head, from, s), panel = AttentionBlocks<V, T>.Panel;
            new Span<T>(s.Sums, AttentionBlocks.Keys * Padded).Clear();
            new Span<T>(s.SecondSums, AttentionBlocks.Keys * Padded).Clear();
            for (int first = 0; first < shape.Queries; first += AttentionBlocks.Queries)
            {
                int count = Math.Min(AttentionBlocks.Queries, shape.Queries - first);
                if (shape.Visible(first + count - 1) <= from)
                    continue;
                PackQueries(head, first, count, s);
                Probabilities(head, first, count, from, keys, s);
                AttentionBlocks<V, T>.Product(
                    new Strided<T>((nint)s.Gradients, 1, AttentionBlocks.Keys), keys, count, s.Queries, Padded, panel, shape.Depth, s.Sums,
                        Padded, true);
                AttentionBlocks<V, T>.Product(
                    new Strided<T>((nint)s.Scores, 1, AttentionBlocks.Keys), keys, count, s.Outputs, Padded, panel, shape.Depth,
                        s.SecondSums, Padded, true);
            }

            Write(s.Sums, keys, T.One, keyGradient + (Key(head, from) * shape.Depth));
            Write(s.SecondSums, keys, T.One, valueGradient + (Key(head, from) * shape.Depth));
        }

        ArrayPool<byte>.Shared.Return(memory);
    }

    private nint Query(int head, int query) => ((nint)head * shape.Queries) + query;

    private nint Key(int head, int key) => ((nint)head * shape.Keys) + key;

    private int PackKeys(int head, int from, Scratch s)
    {
        int keys = Math.Min(AttentionBlocks.Keys, shape.Keys - from);
        AttentionBlocks<V, T>.Turn(x.Keys + (Key(head, from) * shape.Depth), keys, shape.Depth, s.TurnedKeys);
        AttentionBlocks<V, T>.Turn(x.Values + (Key(head, from) * shape.Depth), keys, shape.Depth, s.TurnedValues);
        if (x.Mask != null)
            AttentionBlocks<V, T>.Spread(x.Mask + from, keys, s.Masks);
        return keys;
    }

    private void PackQueries(int head, int first, int count, Scratch s)
    {
        new Span<T>(s.Queries, 2 * AttentionBlocks.Queries * Padded).Clear();
        nint at = Query(head, first) * shape.Depth;
        AttentionBlocks<V, T>.Scale(x.Queries + at, count, shape.Depth, T.CreateTruncating(shape.Factor), s.Queries, Padded);
        AttentionBlocks<V, T>.Scale(x.OutputGradient + at, count, shape.Depth, T.One, s.Outputs, Padded);
    }

    /// <summary>The probabilities, in place of the scores, and the gradient with respect to the scores.</summary>
    private void Probabilities(int head, int first, int count, int from, int keys, Scratch s)
    {
        int panel = AttentionBlocks<V, T>.Panel, depth = shape.Depth;
        AttentionBlocks<V, T>.Product(
            new Strided<T>((nint)s.Queries, Padded, 1), count, depth, s.TurnedKeys, panel,
                (nint)depth * panel, keys, s.Scores, AttentionBlocks.Keys, false);
        AttentionBlocks<V, T>.Product(
            new Strided<T>((nint)s.Outputs, Padded, 1), count, depth, s.TurnedValues, panel,
                (nint)depth * panel, keys, s.Gradients, AttentionBlocks.Keys,
            false);
        for (int i = 0; i < count; i++)
        {
            nint row = Query(head, first + i);
            int visible = Math.Clamp(shape.Visible(first + i) - from, 0, keys);
            T total = x.LogSumExp[row];
            Row(
                s.Scores + (i * AttentionBlocks.Keys), s.Gradients + (i * AttentionBlocks.Keys), T.IsNegativeInfinity(total) ? 0 : visible,
                x.Mask == null ? null : s.Masks, total, Dot(x.Output + (row * depth), x.OutputGradient + (row * depth), depth));
        }
    }

    private static void Row(T* scores, T* gradients, int visible, T* masks, T total, T mean)
    {
        V means = V.Create(mean);
        var probability = ShiftedExponential<V, T, Scaled>.Plain(V.Constant(0), V.Create(total));
        for (int j = 0; j < AttentionBlocks.Keys; j += V.Count)
        {
            V seen = V.FirstLanes(Math.Clamp(visible - j, 0, V.Count));
            if (masks != null)
                seen &= V.Load(masks + j);
            V p = seen & probability.Exp(V.Load(scores + j));
            p.Store(scores + j);
            (seen & (p * (V.Load(gradients + j) - means))).Store(gradients + j);
        }
    }

    private static T Dot(T* a, T* b, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum = Math.FusedMultiplyAdd(double.CreateTruncating(a[i]), double.CreateTruncating(b[i]), sum);
        return T.CreateTruncating(sum);
    }

    private void Write(T* sums, int rows, T factor, T* to)
    {
        for (int row = 0; row < rows; row++)
            AttentionBlocks<V, T>.Scale(sums + ((nint)row * Padded), 1, shape.Depth, factor, to + ((nint)row * shape.Depth), shape.Depth);
    }

    /// <summary>The scratch memory of one thread.</summary>
    private readonly struct Scratch
    {
        public Scratch(byte* start, int depth)
        {
            int padded = AttentionBlocks<V, T>.Padded(depth), turned = AttentionBlocks<V, T>.TurnedSize(depth);
            Scores = CacheBlock.Aligned<T>(start);
            Gradients = Scores + (AttentionBlocks.Queries * AttentionBlocks.Keys);
            Queries = Gradients + (AttentionBlocks.Queries * AttentionBlocks.Keys);
            Outputs = Queries + (AttentionBlocks.Queries * padded);
            TurnedKeys = Outputs + (AttentionBlocks.Queries * padded);
            TurnedValues = TurnedKeys + turned;
            SecondSums = TurnedValues + turned;
            Masks = SecondSums + (AttentionBlocks.Keys * padded);
            Sums = Masks + AttentionBlocks.Keys;
        }

        public T* Scores { get; }

        public T* Gradients { get; }

        public T* Queries { get; }

        public T* Outputs { get; }

        public T* TurnedKeys { get; }

        public T* TurnedValues { get; }

        public T* SecondSums { get; }

        public T* Masks { get; }

        public T* Sums { get; }

        public static int Bytes(int depth, int rows)
        {
            int padded = AttentionBlocks<V, T>.Padded(depth);
            long size = (2 * AttentionBlocks.Queries * (AttentionBlocks.Keys + padded)) + (2 * AttentionBlocks<V, T>.TurnedSize(depth))
                + ((AttentionBlocks.Keys + (long)rows) * padded) + AttentionBlocks.Keys;
            return checked((int)((size * sizeof(T)) + 64));
        }
    }
}

/// <summary>The inputs of the backward pass.</summary>
internal readonly unsafe struct AttentionInputs<T>(T* queries, T* keys, T* values, bool* mask, T* output, T* logSumExp, T* outputGradient)
    where T : unmanaged
{
    /// <summary>[heads, queries, depth].</summary>
    public T* Queries => queries;

    /// <summary>[heads, keys, depth].</summary>
    public T* Keys => keys;

    /// <summary>[heads, keys, depth].</summary>
    public T* Values => values;

    /// <summary>[keys], or null.</summary>
    public bool* Mask => mask;

    /// <summary>[heads, queries, depth].</summary>
    public T* Output => output;

    /// <summary>[heads, queries].</summary>
    public T* LogSumExp => logSumExp;

    /// <summary>[heads, queries, depth].</summary>
    public T* OutputGradient => outputGradient;
}
