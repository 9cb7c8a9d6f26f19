using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>Rows of exponentials divided by their sums.</summary>
internal static unsafe class RowScale
{
    /// <summary>Each row of a block divided by its sum; NaN where that is NaN.</summary>
    /// <param name="e">[rows, classes], with a vector's room beyond.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="y">The results; may be <paramref name="e"/> itself where rows are longer than <see cref="Lanes.Short"/>.</param>
    /// <param name="finish">The additional operation on each row.</param>
    [SkipLocalsInit]
    public static void Divide<V, T, TFinish>(T* e, int rows, int classes, T* y, TFinish finish)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFinish : struct, IRowFinish<T>
    {
        if (classes <= Lanes.Short)
        {
            DivideShort<V, T, TFinish>(e, rows, classes, y, finish);
            return;
        }

        // All sums, then all quotients, then all products: within a row they depend on each other.
        double* sums = stackalloc double[ExpRows.Elements / Lanes.Short];
        T* factors = stackalloc T[ExpRows.Elements / Lanes.Short];
        Lanes.Sums<V, T>(e, rows, classes, sums);
        for (int row = 0; row < rows; row++)
            factors[row] = T.CreateTruncating(double.CreateTruncating(finish.Numerator(row)) / sums[row]);
        for (int row = 0; row < rows; row++, e += classes, y += classes)
        {
            Multiply<V, T>(e, classes, factors[row], y);
            finish.End(row, sums[row], y);
        }
    }

    private static void DivideShort<V, T, TFinish>(T* e, int rows, int classes, T* y, TFinish finish)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFinish : struct, IRowFinish<T>
    {
        // A row's last vector is stored whole, in order: the next row overwrites the excess.
        T* from = y, end = y + (rows * classes);
        V all = V.Constant(0);
        int whole = classes / V.Count * V.Count, part = classes - whole;
        for (int row = 0; row < rows; row++, e += classes, y += classes)
        {
            V sum = Lanes.SumShort<V, T>(e, classes), factor = V.Create(finish.Numerator(row)) / sum;
            all += factor;
            for (int i = 0; i < whole; i += V.Count)
                (V.Load(e + i) * factor).Store(y + i);
            if (part != 0)
            {
                V last = V.Load(e + whole) * factor;
                if (y + whole + V.Count <= end)
                    last.Store(y + whole);
                else
                    StorePart(last, y + whole, part);
            }

            finish.EndShort(row, sum.First, factor.First, e, y);
        }

        if (T.IsNaN(all.First))
            OneNaN(from, rows, classes);
    }

    // A separate method, so that the path through memory does not spill registers on the fast path.
    private static void StorePart<V, T>(V v, T* y, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged => v.StorePart(y, count);

    private static void OneNaN<T>(T* y, int rows, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < rows; row++, y += classes)
        {
            if (T.IsNaN(*y))
                new Span<T>(y, classes).Fill(T.NaN);
        }
    }

    /// <summary>
    /// y = e·factor for at least one vector's length, the last vector overlapping the previous one; NaN if the factor is NaN. Both may be
    /// the same memory.
    /// </summary>
    public static void Multiply<V, T>(T* e, int count, T factor, T* y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (T.IsNaN(factor))
        {
            new Span<T>(y, count).Fill(T.NaN);
            return;
        }

        // Stores that begin where a vector's room does take half the time of others, so the first and the last vector overlap those
        // between. They are made before anything is written.
        V factors = V.Create(factor), first = V.Load(e) * factors, last = V.Load(e + count - V.Count) * factors;
        int size = V.Count * sizeof(T), i = (int)((nuint)(size - (int)((nuint)y & (nuint)(size - 1))) / (nuint)sizeof(T)) & (V.Count - 1);
        for (; i <= count - (4 * V.Count); i += 4 * V.Count)
        {
            (V.Load(e + i) * factors).Store(y + i);
            (V.Load(e + i + V.Count) * factors).Store(y + i + V.Count);
            (V.Load(e + i + (2 * V.Count)) * factors).Store(y + i + (2 * V.Count));
            (V.Load(e + i + (3 * V.Count)) * factors).Store(y + i + (3 * V.Count));
        }

        for (; i <= count - V.Count; i += V.Count)
            (V.Load(e + i) * factors).Store(y + i);
        if (((nuint)y & (nuint)(size - 1)) != 0)
            first.Store(y);
        if (i < count)
            last.Store(y + count - V.Count);
    }

    /// <summary>As <see cref="Multiply"/>, for any length.</summary>
    public static void MultiplyAny<V, T>(T* e, int count, T factor, T* y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (count >= V.Count || T.IsNaN(factor))
            Multiply<V, T>(e, count, factor, y);
        else
            (V.LoadPart(e, count, T.Zero) * V.Create(factor)).StorePart(y, count);
    }
}

/// <summary>An additional operation on a row of exponentials while it is divided by its sum.</summary>
internal unsafe interface IRowFinish<T>
    where T : unmanaged
{
    /// <summary>The desired sum of the row.</summary>
    T Numerator(int row);

    /// <summary>Told the sum when the results of a row longer than <see cref="Lanes.Short"/> are written.</summary>
    void End(int row, double sum, T* y);

    /// <summary>
    /// Told the sum, and what the exponentials were multiplied by, when the results of a shorter row are written. What it writes is better
    /// made of the exponentials: to read a number that a vector has just been stored over costs a wait.
    /// </summary>
    void EndShort(int row, T sum, T factor, T* e, T* y);
}

/// <summary>Probabilities only.</summary>
internal readonly unsafe struct Probabilities<T> : IRowFinish<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Numerator(int row) => T.One;

    public void End(int row, double sum, T* y)
    {
    }

    public void EndShort(int row, T sum, T factor, T* e, T* y)
    {
    }
}
