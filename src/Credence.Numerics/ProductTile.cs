using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>A count known when code is compiled, so that what it rules out is left out.</summary>
internal interface ICount
{
    /// <summary>The count.</summary>
    static abstract int Value { get; }
}

/// <summary>The innermost loop of matrix products: a tile of C that stays in registers while k runs.</summary>
internal static unsafe class ProductTile
{
    /// <summary>The most rows in a tile.</summary>
    public const int MaxRows = 8;

    /// <summary>The most vectors in a row of a tile.</summary>
    public const int MaxVectors = 2;

    /// <summary>
    /// c[i, j] (+)= Σ_k a[i, k]·b[k, j] by fused multiply-add in the order of k, for <typeparamref name="TRows"/> rows and
    /// <typeparamref name="TVectors"/> vectors of columns.
    /// </summary>
    /// <param name="depth">The number of terms.</param>
    /// <param name="a">The left matrix's first element.</param>
    /// <param name="rowStride">From one row of the left matrix to the next.</param>
    /// <param name="termStride">From one term of the left matrix to the next.</param>
    /// <param name="b">[depth, vectors], packed.</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="cStride">From one row of the tile to the next.</param>
    /// <param name="accumulate">Whether the chains go on from what c holds, or start at 0.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run<T, TRows, TVectors>(
        int depth, T* a, nint rowStride, nint termStride, T* b, T* c, nint cStride, bool accumulate)
        where T : unmanaged
        where TRows : ICount
        where TVectors : ICount
    {
        int width = Vector512<T>.Count;
        Vector512<T> c0a = default, c1a = default, c2a = default, c3a = default, c4a = default, c5a = default, c6a = default, c7a = default;
        Vector512<T> c0b = default, c1b = default, c2b = default, c3b = default, c4b = default, c5b = default, c6b = default, c7b = default;
        if (accumulate)
        {
            if (TRows.Value > 0)
                (c0a, c0b) = Load<T, TVectors>(c);
            if (TRows.Value > 1)
                (c1a, c1b) = Load<T, TVectors>(c + (1 * cStride));
            if (TRows.Value > 2)
                (c2a, c2b) = Load<T, TVectors>(c + (2 * cStride));
            if (TRows.Value > 3)
                (c3a, c3b) = Load<T, TVectors>(c + (3 * cStride));
            if (TRows.Value > 4)
                (c4a, c4b) = Load<T, TVectors>(c + (4 * cStride));
            if (TRows.Value > 5)
                (c5a, c5b) = Load<T, TVectors>(c + (5 * cStride));
            if (TRows.Value > 6)
                (c6a, c6b) = Load<T, TVectors>(c + (6 * cStride));
            if (TRows.Value > 7)
                (c7a, c7b) = Load<T, TVectors>(c + (7 * cStride));
        }

        T* a0 = a, a1 = a + (1 * rowStride), a2 = a + (2 * rowStride), a3 = a + (3 * rowStride), a4 = a + (4 * rowStride), a5 = a + (5 * rowStride), a6 = a + (6 * rowStride), a7 = a + (7 * rowStride);
        nint term = 0;
        for (int k = 0; k < depth; k++)
        {
            Vector512<T> ba = Vector512.Load(b), bb = TVectors.Value > 1 ? Vector512.Load(b + width) : default;
            Step<T, TVectors>(a0[term], ba, bb, ref c0a, ref c0b);
            if (TRows.Value > 1)
                Step<T, TVectors>(a1[term], ba, bb, ref c1a, ref c1b);
            if (TRows.Value > 2)
                Step<T, TVectors>(a2[term], ba, bb, ref c2a, ref c2b);
            if (TRows.Value > 3)
                Step<T, TVectors>(a3[term], ba, bb, ref c3a, ref c3b);
            if (TRows.Value > 4)
                Step<T, TVectors>(a4[term], ba, bb, ref c4a, ref c4b);
            if (TRows.Value > 5)
                Step<T, TVectors>(a5[term], ba, bb, ref c5a, ref c5b);
            if (TRows.Value > 6)
                Step<T, TVectors>(a6[term], ba, bb, ref c6a, ref c6b);
            if (TRows.Value > 7)
                Step<T, TVectors>(a7[term], ba, bb, ref c7a, ref c7b);
            b += TVectors.Value * width;
            term += termStride;
        }

        Store<T, TVectors>(c, c0a, c0b);
        if (TRows.Value > 1)
            Store<T, TVectors>(c + (1 * cStride), c1a, c1b);
        if (TRows.Value > 2)
            Store<T, TVectors>(c + (2 * cStride), c2a, c2b);
        if (TRows.Value > 3)
            Store<T, TVectors>(c + (3 * cStride), c3a, c3b);
        if (TRows.Value > 4)
            Store<T, TVectors>(c + (4 * cStride), c4a, c4b);
        if (TRows.Value > 5)
            Store<T, TVectors>(c + (5 * cStride), c5a, c5b);
        if (TRows.Value > 6)
            Store<T, TVectors>(c + (6 * cStride), c6a, c6b);
        if (TRows.Value > 7)
            Store<T, TVectors>(c + (7 * cStride), c7a, c7b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<T, TVectors>(T left, Vector512<T> ba, Vector512<T> bb, ref Vector512<T> ca, ref Vector512<T> cb)
        where T : unmanaged
        where TVectors : ICount
    {
        Vector512<T> factor = Vector512.Create(left);
        ca = MultiplyAdd(factor, ba, ca);
        if (TVectors.Value > 1)
            cb = MultiplyAdd(factor, bb, cb);
    }

    /// <summary>a·b + c with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
        : Vector512.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<T> First, Vector512<T> Second) Load<T, TVectors>(T* c)
        where T : unmanaged
        where TVectors : ICount =>
        (Vector512.Load(c), TVectors.Value > 1 ? Vector512.Load(c + Vector512<T>.Count) : default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T, TVectors>(T* c, Vector512<T> first, Vector512<T> second)
        where T : unmanaged
        where TVectors : ICount
    {
        first.Store(c);
        if (TVectors.Value > 1)
            second.Store(c + Vector512<T>.Count);
    }
}
