using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Credence.Numerics;

/// <summary>How a matrix product is divided: into chains of terms, whose sums are added in order, and over threads.</summary>
internal static unsafe class ProductPlan
{
    // Sums of chains held at once: as many can be worked on by threads at the same time.
    private const int ChainsAtOnce = 16;
    private const int RowsInChunk = 64;

    /// <summary>C = A·B, C overwritten.</summary>
    public static void Multiply<T>(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int threads)
        where T : unmanaged, INumber<T>
    {
        threads = Chunks.Threads(threads);
        if (k <= ProductBlocks.Chain)
        {
            if (threads == 1 || (long)m * k * n < 1 << 18)
                ProductBlocks.Multiply(a, b, c, m, k, n);
            else
                OverThreads(a, b, c, m, k, n, threads);
            return;
        }

        // C's own memory order, whichever of its axes is the contiguous one.
        int chains = Chunks.Count(k, ProductBlocks.Chain);
        int atOnce = threads == 1 ? 1 : Math.Min(ChainsAtOnce, chains);
        nuint size = (nuint)((long)m * n * sizeof(T));
        T* sums = (T*)NativeMemory.Alloc((nuint)atOnce, size);
        try
        {
            for (int first = 0; first < chains; first += atOnce)
            {
                int count = Math.Min(atOnce, chains - first);
                if (threads == 1)
                    OneChain(a, b, c with { Address = (nint)sums }, first, m, k, n);
                else
                    ManyChains(a, b, c, sums, first, count, m, k, n, threads);
                for (int chain = 0; chain < count; chain++)
                    Add(sums + ((long)chain * m * n), c.Start, (long)m * n, first + chain == 0);
            }
        }
        finally
        {
            NativeMemory.Free(sums);
        }
    }

    private static void OneChain<T>(Strided<T> a, Strided<T> b, Strided<T> c, int chain, int m, int k, int n)
        where T : unmanaged, INumber<T>
    {
        long from = (long)chain * ProductBlocks.Chain;
        ProductBlocks.Multiply(a.From(0, from), b.From(from, 0), c, m, (int)Math.Min(k - from, ProductBlocks.Chain), n);
    }

    private static void ManyChains<T>(Strided<T> a, Strided<T> b, Strided<T> c, T* sums, int first, int count, int m, int k, int n, int threads)
        where T : unmanaged, INumber<T> =>
        Chunks.For(count, threads, chain =>
            OneChain(a, b, c with { Address = (nint)(sums + ((long)chain * m * n)) }, first + chain, m, k, n));

    // Every element of C is a chain of its own: rows or columns can be divided in any way.
    private static void OverThreads<T>(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int threads)
        where T : unmanaged, INumber<T>
    {
        if (m >= n)
        {
            int rows = Math.Max(RowsInChunk, (m / (threads * 4)) + 7 & ~7);
            Chunks.For(Chunks.Count(m, rows), threads, chunk =>
            {
                int i = chunk * rows;
                ProductBlocks.Multiply(a.From(i, 0), b, c.From(i, 0), Math.Min(rows, m - i), k, n);
            });
        }
        else
        {
            int columns = Math.Max(RowsInChunk, (n / (threads * 4)) + 31 & ~31);
            Chunks.For(Chunks.Count(n, columns), threads, chunk =>
            {
                int j = chunk * columns;
                ProductBlocks.Multiply(a, b.From(0, j), c.From(0, j), m, k, Math.Min(columns, n - j));
            });
        }
    }

    private static void Add<T>(T* sums, T* c, long count, bool first)
        where T : unmanaged, INumber<T>
    {
        if (first)
        {
            Buffer.MemoryCopy(sums, c, count * sizeof(T), count * sizeof(T));
            return;
        }

        for (long i = 0; i < count; i++)
            c[i] += sums[i];
    }
}
