using System.Runtime.CompilerServices;
using static Credence.Numerics.Counts;

namespace Credence.Numerics;

/// <summary>A matrix in compressed sparse row form, in pinned memory.</summary>
internal readonly unsafe struct SparseRows<T>(int* starts, int* indices, T* values, int rows, int columns)
    where T : unmanaged
{
    /// <summary>The start of each row's entries, and the end of the last row's.</summary>
    public int* Starts => starts;

    /// <summary>The column of each entry.</summary>
    public int* Indices => indices;

    /// <summary>The value of each entry.</summary>
    public T* Values => values;

    /// <summary>The number of rows.</summary>
    public int Rows => rows;

    /// <summary>The number of columns.</summary>
    public int Columns => columns;

    /// <summary>The number of entries.</summary>
    public int Entries => starts[rows];
}

/// <summary>Sparse products for one register width, no wider than the dense matrix.</summary>
internal static unsafe class SparseRows<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged
{
    private const int EntriesInChunk = 1 << 14;
    private const int Samples = 1024;

    /// <summary>C = A·B or Aᵀ·B.</summary>
    /// <param name="a">A.</param>
    /// <param name="b">B, row-major.</param>
    /// <param name="c">C, row-major.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="maxThreads">The maximum number of threads.</param>
    /// <param name="transposed">Whether A is transposed.</param>
    public static void Multiply(SparseRows<T> a, T* b, T* c, int n, int maxThreads, bool transposed)
    {
        if (n == 0)
            return;
        bool together = maxThreads > 1 && (long)a.Entries * n > 1 << 16;
        if (transposed && together)
            ScatterOverThreads(a, b, c, n, maxThreads);
        else if (transposed)
            Scatter(a, b, c, n, 0, a.Columns, false);
        else if (together)
            GatherOverThreads(a, b, c, n, maxThreads);
        else
            Gather(a, b, c, n, 0, a.Rows);
    }

    private static void GatherOverThreads(SparseRows<T> a, T* b, T* c, int n, int maxThreads)
    {
        // Cut by the number of entries, so that pieces have about equal work.
        int pieces = Math.Min(a.Rows, Chunks.Count(a.Entries, EntriesInChunk));
        Chunks.For(pieces, maxThreads, piece => Gather(a, b, c, n, RowAt(a, piece, pieces), RowAt(a, piece + 1, pieces)));
    }

    /// <summary>The first row of a piece.</summary>
    private static int RowAt(SparseRows<T> a, int piece, int pieces)
    {
        if (piece == pieces)
            return a.Rows;
        int entry = (int)((long)a.Entries * piece / pieces);
        int row = new ReadOnlySpan<int>(a.Starts, a.Rows).BinarySearch(entry);
        if (row < 0)
            return piece == 0 ? 0 : ~row;
        while (row > 0 && a.Starts[row - 1] == entry)
            row--;
        return piece == 0 ? 0 : row;
    }

    // A row of C stays in registers, four at a time, while its entries are read.
    private static void Gather(SparseRows<T> a, T* b, T* c, int n, int first, int end)
    {
        int width = V.Count;
        for (int row = first; row < end; row++)
        {
            int from = a.Starts[row], count = a.Starts[row + 1] - from;
            int* indices = a.Indices + from;
            T* values = a.Values + from, to = c + ((long)row * n);
            int j = 0;
            for (; j <= n - (4 * width); j += 4 * width)
                Gather<Four>(indices, values, count, b + j, n, to + j, width);
            switch (Chunks.Count(n - j, width))
            {
                case 4:
                    Gather<Four>(indices, values, count, b + j, n, to + j, n - j - (3 * width));
                    break;
                case 3:
                    Gather<Three>(indices, values, count, b + j, n, to + j, n - j - (2 * width));
                    break;
                case 2:
                    Gather<Two>(indices, values, count, b + j, n, to + j, n - j - width);
                    break;
                case 1:
                    // The last vector overlaps the previous one and computes the same sums there.
                    Gather<One>(indices, values, count, b + n - width, n, to + n - width, 0);
                    break;
            }
        }
    }

    /// <summary>A number of vectors of one row of C, the last of them moved back to end at the row's end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather<TCount>(int* indices, T* values, int count, T* b, nint n, T* c, nint lastStep)
        where TCount : struct, ICount
    {
        int width = V.Count;
        nint second = TCount.Value == 2 ? lastStep : width;
        nint third = width + (TCount.Value == 3 ? lastStep : width), fourth = (2 * width) + lastStep;
        V sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (int e = 0; e < count; e++)
        {
            T* row = b + (indices[e] * n);
            V factor = V.Broadcast(values + e);
            sum0 = V.Fma(factor, V.Load(row), sum0);
            if (TCount.Value > 1)
                sum1 = V.Fma(factor, V.Load(row + second), sum1);
            if (TCount.Value > 2)
                sum2 = V.Fma(factor, V.Load(row + third), sum2);
            if (TCount.Value > 3)
                sum3 = V.Fma(factor, V.Load(row + fourth), sum3);
        }

        Lanes.OneNaN<V, T>(sum0).Store(c);
        if (TCount.Value > 1)
            Lanes.OneNaN<V, T>(sum1).Store(c + second);
        if (TCount.Value > 2)
            Lanes.OneNaN<V, T>(sum2).Store(c + third);
        if (TCount.Value > 3)
            Lanes.OneNaN<V, T>(sum3).Store(c + fourth);
    }

    private static void ScatterOverThreads(SparseRows<T> a, T* b, T* c, int n, int maxThreads)
    {
        // Rows of C are divided so that a sample of the entries is divided evenly; each row is summed in the order of entries.
        int pieces = Math.Min(4 * maxThreads, a.Columns), count = Math.Min(Samples, a.Entries);
        var sample = new int[count];
        for (int s = 0; s < count; s++)
            sample[s] = a.Indices[(int)((long)a.Entries * s / count)];
        Array.Sort(sample);
        int Edge(int piece) => piece == 0 ? 0 : piece == pieces ? a.Columns : sample[(int)((long)count * piece / pieces)];
        Chunks.For(pieces, maxThreads, piece => Scatter(a, b, c, n, Edge(piece), Edge(piece + 1), true));
    }

    /// <summary>The rows of C = Aᵀ·B from <paramref name="first"/> to below <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(SparseRows<T> a, T* b, T* c, int n, int first, int end, bool part)
    {
        new Span<T>(c + ((long)first * n), (end - first) * n).Clear();
        for (int row = 0; row < a.Rows; row++)
        {
            T* from = b + ((long)row * n);
            for (int e = a.Starts[row]; e < a.Starts[row + 1]; e++)
            {
                int column = a.Indices[e];
                if (!part || (column >= first && column < end))
                    Add(a.Values + e, from, c + ((long)column * n), n);
            }
        }

        // The last vector overlaps values that are canonical already.
        nint length = (nint)(end - first) * n, i = 0;
        T* sums = c + ((long)first * n);
        if (length == 0)
            return;
        for (; i <= length - V.Count; i += V.Count)
            Lanes.OneNaN<V, T>(V.Load(sums + i)).Store(sums + i);
        sums += length - V.Count;
        Lanes.OneNaN<V, T>(V.Load(sums)).Store(sums);
    }

    /// <summary>y += factor·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(T* factor, T* x, T* y, int n)
    {
        // The last vector overlaps the previous one and is computed from y before either is stored.
        int last = n - V.Count;
        V scale = V.Broadcast(factor), end = V.Fma(scale, V.Load(x + last), V.Load(y + last));
        for (int j = 0; j < last; j += V.Count)
            V.Fma(scale, V.Load(x + j), V.Load(y + j)).Store(y + j);
        end.Store(y + last);
    }
}
