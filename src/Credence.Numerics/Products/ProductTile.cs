using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The memory layout of a tile's left matrix, known at compile time.</summary>
internal interface ITileLeft
{
    /// <summary>Whether it is packed: each term's rows are contiguous, as many as a whole tile has.</summary>
    static abstract bool IsPacked { get; }
}

/// <summary>Packed for the tile.</summary>
internal readonly struct PackedLeft : ITileLeft
{
    /// <inheritdoc/>
    public static bool IsPacked => true;
}

/// <summary>In place, with any strides.</summary>
internal readonly struct StridedLeft : ITileLeft
{
    /// <inheritdoc/>
    public static bool IsPacked => false;
}

/// <summary>The innermost loop of matrix products: a tile of C that stays in registers while k runs.</summary>
internal static unsafe class ProductTile<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged
{
    /// <summary>The number of rows of two vectors whose sums fit into the registers: 32 with AVX-512, otherwise 16.</summary>
    public static int Rows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => V.Count * sizeof(T) == 64 ? 12 : 6;
    }

    /// <summary>
    /// c[i, j] (+)= Σ_k a[i, k]·b[k, j] by fused multiply-add in the order of k, for <typeparamref name="TRows"/> rows and
    /// <typeparamref name="TColumns"/> vectors of columns.
    /// </summary>
    /// <param name="depth">The number of terms, at least one.</param>
    /// <param name="a">The left matrix's first element.</param>
    /// <param name="row">The row stride of the left matrix; 1 where packed.</param>
    /// <param name="term">The term stride of the left matrix; the rows of a whole tile where packed.</param>
    /// <param name="b">The right matrix's first element.</param>
    /// <param name="bRow">The term stride of the right matrix.</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="cRow">The row stride of the tile.</param>
    /// <param name="accumulate">Whether the chains continue from the values in c, or start at 0.</param>
    /// <param name="last">Whether the chains end here: then every NaN is written as the canonical NaN.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLeft, TRows, TColumns>(
        nint depth, T* a, nint row, nint term, T* b, nint bRow, T* c, nint cRow, bool accumulate, bool last)
        where TLeft : struct, ITileLeft
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        // First, while the inlining budget lasts: a later call would spill the sums.
        if (TLeft.IsPacked)
            (row, term) = (1, Rows);

        V c0a = default, c0b = default, c1a = default, c1b = default;
        V c2a = default, c2b = default, c3a = default, c3b = default;
        V c4a = default, c4b = default, c5a = default, c5b = default;
        V c6a = default, c6b = default, c7a = default, c7b = default;
        V c8a = default, c8b = default, c9a = default, c9b = default;
        V c10a = default, c10b = default, c11a = default, c11b = default;
        if (accumulate)
        {
            if (TRows.Value > 0)
                (c0a, c0b) = Load<TColumns>(c + (0 * cRow));
            if (TRows.Value > 1)
                (c1a, c1b) = Load<TColumns>(c + (1 * cRow));
            if (TRows.Value > 2)
                (c2a, c2b) = Load<TColumns>(c + (2 * cRow));
            if (TRows.Value > 3)
                (c3a, c3b) = Load<TColumns>(c + (3 * cRow));
            if (TRows.Value > 4)
                (c4a, c4b) = Load<TColumns>(c + (4 * cRow));
            if (TRows.Value > 5)
                (c5a, c5b) = Load<TColumns>(c + (5 * cRow));
            if (TRows.Value > 6)
                (c6a, c6b) = Load<TColumns>(c + (6 * cRow));
            if (TRows.Value > 7)
                (c7a, c7b) = Load<TColumns>(c + (7 * cRow));
            if (TRows.Value > 8)
                (c8a, c8b) = Load<TColumns>(c + (8 * cRow));
            if (TRows.Value > 9)
                (c9a, c9b) = Load<TColumns>(c + (9 * cRow));
            if (TRows.Value > 10)
                (c10a, c10b) = Load<TColumns>(c + (10 * cRow));
            if (TRows.Value > 11)
                (c11a, c11b) = Load<TColumns>(c + (11 * cRow));
        }

        // Three rows to a pointer: twelve pointers would not fit the general registers.
        nint twoRows = 2 * row;
        T* a0 = a, a3 = a + (3 * row), a6 = a + (6 * row), a9 = a + (9 * row);
        do
        {
            V ba = V.Load(b), bb = TColumns.Value > 1 ? V.Load(b + V.Count) : default;
            V factor = V.Broadcast(a0);
            V.AddProduct(ref c0a, factor, ba);
            if (TColumns.Value > 1)
                V.AddProduct(ref c0b, factor, bb);
            if (TRows.Value > 1)
            {
                factor = V.Broadcast(a0 + row);
                V.AddProduct(ref c1a, factor, ba);
                if (TColumns.Value > 1)
                    V.AddProduct(ref c1b, factor, bb);
            }

            if (TRows.Value > 2)
            {
                factor = V.Broadcast(a0 + twoRows);
                V.AddProduct(ref c2a, factor, ba);
                if (TColumns.Value > 1)
                    V.AddProduct(ref c2b, factor, bb);
            }

            if (TRows.Value > 3)
            {
                factor = V.Broadcast(a3);
                V.AddProduct(ref c3a, factor, ba);
                if (TColumns.Value > 1)
                    V.AddProduct(ref c3b, factor, bb);
            }

            if (TRows.Value > 4)
            {
                factor = V.Broadcast(a3 + row);
                V.AddProduct(ref c4a, factor, ba);
                if (TColumns.Value > 1)
                    V.AddProduct(ref c4b, factor, bb);
            }

            if (TRows.Value > 5)
            {
                factor = V.Broadcast(a3 + twoRows);
                V.AddProduct(ref c5a, factor, ba);
                if (TColumns.Value > 1)
                    V.AddProduct(ref c5b, factor, bb);
            }

            if (TRows.Value > 6)
            {
                factor = V.Broadcast(a6);
                V.AddProduct(ref c6a, factor, ba);
                if (TColumns.Value > 1)
                    V.AddProduct(ref c6b, factor, bb);
            }

            if (TRows.Value > 7)
            {
                factor = V.Broadcast(a6 + row);
                V.AddProduct(ref c7a, factor, ba);
                if (TColumns.Value > 1)
                    V.AddProduct(ref c7b, factor, bb);
            }

            if (TRows.Value > 8)
            {
                factor = V.Broadcast(a6 + twoRows);
                V.AddProduct(ref c8a, factor, ba);
                if (TColumns.Value > 1)
                    V.AddProduct(ref c8b, factor, bb);
            }

            if (TRows.Value > 9)
            {
                factor = V.Broadcast(a9);
                V.AddProduct(ref c9a, factor, ba);
                if (TColumns.Value > 1)
                    V.AddProduct(ref c9b, factor, bb);
            }

            if (TRows.Value > 10)
            {
                factor = V.Broadcast(a9 + row);
                V.AddProduct(ref c10a, factor, ba);
                if (TColumns.Value > 1)
                    V.AddProduct(ref c10b, factor, bb);
            }

            if (TRows.Value > 11)
            {
                factor = V.Broadcast(a9 + twoRows);
                V.AddProduct(ref c11a, factor, ba);
                if (TColumns.Value > 1)
                    V.AddProduct(ref c11b, factor, bb);
            }

            b += bRow;
            a0 += term;
            a3 += term;
            a6 += term;
            a9 += term;
        }
        while (--depth != 0);

        if (TRows.Value > 0)
            Store<TColumns>(c + (0 * cRow), c0a, c0b, last);
        if (TRows.Value > 1)
            Store<TColumns>(c + (1 * cRow), c1a, c1b, last);
        if (TRows.Value > 2)
            Store<TColumns>(c + (2 * cRow), c2a, c2b, last);
        if (TRows.Value > 3)
            Store<TColumns>(c + (3 * cRow), c3a, c3b, last);
        if (TRows.Value > 4)
            Store<TColumns>(c + (4 * cRow), c4a, c4b, last);
        if (TRows.Value > 5)
            Store<TColumns>(c + (5 * cRow), c5a, c5b, last);
        if (TRows.Value > 6)
            Store<TColumns>(c + (6 * cRow), c6a, c6b, last);
        if (TRows.Value > 7)
            Store<TColumns>(c + (7 * cRow), c7a, c7b, last);
        if (TRows.Value > 8)
            Store<TColumns>(c + (8 * cRow), c8a, c8b, last);
        if (TRows.Value > 9)
            Store<TColumns>(c + (9 * cRow), c9a, c9b, last);
        if (TRows.Value > 10)
            Store<TColumns>(c + (10 * cRow), c10a, c10b, last);
        if (TRows.Value > 11)
            Store<TColumns>(c + (11 * cRow), c11a, c11b, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second) Load<TColumns>(T* c)
        where TColumns : struct, ICount =>
        (V.Load(c), TColumns.Value > 1 ? V.Load(c + V.Count) : default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TColumns>(T* c, V first, V second, bool last)
        where TColumns : struct, ICount
    {
        (last ? Lanes.OneNaN<V, T>(first) : first).Store(c);
        if (TColumns.Value > 1)
            (last ? Lanes.OneNaN<V, T>(second) : second).Store(c + V.Count);
    }
}
