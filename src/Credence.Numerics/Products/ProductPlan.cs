using System.Buffers;
using System.Numerics;

namespace Credence.Numerics;

/// <summary>Divides a matrix product into chains of terms, whose sums are added in order, and over threads.</summary>
internal static class ProductPlan
{
    /// <summary>The number of terms of one chain of fused multiply-adds.</summary>
    public const int Chain = 4096;

    /// <summary>C = A·B, C overwritten, with the widest registers available.</summary>
    public static void Multiply<T>(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (LaneWidth.Bits)
        {
            case 512: ProductPlan<Lanes512<T>, T>.Multiply(a, b, c, m, k, n, maxThreads); break;
            case 256: ProductPlan<Lanes256<T>, T>.Multiply(a, b, c, m, k, n, maxThreads); break;
            case 128: ProductPlan<Lanes128<T>, T>.Multiply(a, b, c, m, k, n, maxThreads); break;
            default: ProductPlan<OneLane<T>, T>.Multiply(a, b, c, m, k, n, maxThreads); break;
        }
    }
}

/// <summary>The plan for one width of registers.</summary>
internal static unsafe class ProductPlan<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The number of chain sums held at once, which limits the number of threads on them.
    private const int ChainsAtOnce = 16;

    // With more than one chain, C is cut into blocks of at most this many rows and columns.
    private const int Side = 1024;

    // Below this many multiply-adds, threads cost more than they gain.
    private const long WorthThreads = 1 << 18;

    /// <summary>C = A·B, C overwritten.</summary>
    public static void Multiply(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int maxThreads)
    {
        maxThreads = (long)m * k * n < WorthThreads ? 1 : Chunks.Threads(maxThreads);
        if (m == 0 || n == 0)
            return;

        // Cᵀ = Bᵀ·Aᵀ has the same sums: a thin right matrix moves to the left where the other matrix's columns are contiguous.
        if (n <= ProductThin<V, T>.FewRows && n < m && a.Row == 1 && a.Column != 1)
            (a, b, c, m, n) = (b.Transposed, a.Transposed, c.Transposed, n, m);
        if (k <= ProductPlan.Chain)
        {
            OneChain(a, b, c, m, k, n, maxThreads);
            return;
        }

        for (int i = 0; i < m; i += Side)
        {
            for (int j = 0; j < n; j += Side)
                Chains(a.From(i, 0), b.From(0, j), c.From(i, j), Math.Min(Side, m - i), k, Math.Min(Side, n - j), maxThreads);
        }
    }

    private static void OneChain(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int maxThreads)
    {
        if (k == 0)
            Clear(c, m, n);
        else if (m <= ProductThin<V, T>.FewRows && b.Column == 1)
            ProductThin<V, T>.Rows(a, b, c, m, k, n, maxThreads);
        else if (n <= ProductThin<V, T>.FewColumns)
            ProductThin<V, T>.Columns(a, b, c, m, k, n, maxThreads);
        else
            ProductBlocks<V, T>.Multiply(a, b, c, m, k, n, maxThreads);
    }

    private static void Chains(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int maxThreads)
    {
        // Small blocks of C are divided over threads by chains, large ones within each chain.
        int chains = Chunks.Count(k, ProductPlan.Chain), size = m * n;
        bool side = maxThreads > 1 && size <= Side * Side / ChainsAtOnce;
        int atOnce = side ? Math.Min(ChainsAtOnce, chains) : 1;
        byte[] memory = ArrayPool<byte>.Shared.Rent((atOnce * size * sizeof(T)) + 64);
        fixed (byte* start = memory)
        {
            // In C's memory order, whichever axis is contiguous.
            T* sums = CacheBlock.Aligned<T>(start);
            for (int first = 0; first < chains; first += atOnce)
            {
                int count = Math.Min(atOnce, chains - first);
                if (side)
                    SideBySide(a, b, sums, c.Column == 1, first, count, m, k, n, maxThreads);
                else
                    Chain(a, b, Sum(sums, c.Column == 1, m, n), first, m, k, n, maxThreads);
                for (int chain = 0; chain < count; chain++)
                    Add(Sum(sums + ((nint)chain * size), c.Column == 1, m, n), c, m, n, first + chain == 0);
            }
        }

        ArrayPool<byte>.Shared.Return(memory);
    }

    private static void SideBySide(
        Strided<T> a, Strided<T> b, T* sums, bool byRow, int first, int count, int m, int k, int n, int maxThreads) =>
        Chunks.For(count, maxThreads, chain => Chain(a, b, Sum(sums + ((nint)chain * m * n), byRow, m, n), first + chain, m, k, n, 1));

    private static Strided<T> Sum(T* start, bool byRow, int m, int n) => new((nint)start, byRow ? n : 1, byRow ? 1 : m);

    private static void Chain(Strided<T> a, Strided<T> b, Strided<T> c, int chain, int m, int k, int n, int maxThreads)
    {
        long from = (long)chain * ProductPlan.Chain;
        OneChain(a.From(0, from), b.From(from, 0), c, m, (int)Math.Min(k - from, ProductPlan.Chain), n, maxThreads);
    }

    private static void Add(Strided<T> sums, Strided<T> c, int m, int n, bool first)
    {
        if (first)
        {
            sums.CopyTo(c, m, n);
            return;
        }

        // Along the contiguous axis.
        if (c.Column != 1)
            (sums, c, m, n) = (sums.Transposed, c.Transposed, n, m);
        for (int i = 0; i < m; i++)
        {
            T* from = sums.From(i, 0).Start, to = c.From(i, 0).Start;
            int j = 0;
            if (c.Column == 1)
            {
                for (; j <= n - V.Count; j += V.Count)
                    Lanes.OneNaN<V, T>(V.Load(to + j) + V.Load(from + j)).Store(to + j);
            }

            for (; j < n; j++)
            {
                T sum = to[j * c.Column] + from[j];
                to[j * c.Column] = T.IsNaN(sum) ? T.NaN : sum;
            }
        }
    }

    private static void Clear(Strided<T> c, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                *c.From(i, j).Start = default;
        }
    }
}
