using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The cross-entropy of rows and its gradient, from one set of exponentials while they are in the cache.</summary>
internal static unsafe class CrossEntropyRows
{
    /// <summary>The weighted sum of the rows' losses and, unless <paramref name="gradient"/> is null, their gradients.</summary>
    public static double Run<T>(T* x, int rows, int classes, LossRule<T> rule, T* weights, T* gradient, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LaneWidth.ForRows(classes) switch
        {
            512 => Run<Lanes512<T>, T>(x, rows, classes, rule, weights, gradient, maxThreads),
            256 => Run<Lanes256<T>, T>(x, rows, classes, rule, weights, gradient, maxThreads),
            128 => Run<Lanes128<T>, T>(x, rows, classes, rule, weights, gradient, maxThreads),
            _ => Run<OneLane<T>, T>(x, rows, classes, rule, weights, gradient, maxThreads),
        };

    private static double Run<V, T>(T* x, int rows, int classes, LossRule<T> rule, T* weights, T* gradient, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        maxThreads = SoftmaxChunks.Threads((long)rows * classes, maxThreads);

        // Losses are added within chunks whose size depends only on the shape, and the chunks' sums in order.
        int size = classes > ExpRows.Elements ? 1 : SoftmaxChunks.Rows(classes);
        if (maxThreads > 1 && classes <= ExpRows.Elements && rows > size)
            return OverThreads<V, T>(x, rows, classes, rule, weights, gradient, maxThreads);

        double total = 0;
        bool shifted = classes > ExpRows.Elements && x == gradient;
        for (int row = 0; row < rows; row += size)
        {
            total += classes > ExpRows.Elements
                ? Long<V, T>(x, row, classes, rule, weights, gradient, maxThreads, ref shifted)
                : Short<V, T>(x, row, Math.Min(size, rows - row), classes, rule, weights, gradient);
        }

        return total;
    }

    private static double OverThreads<V, T>(T* x, int rows, int classes, LossRule<T> rule, T* weights, T* gradient, int maxThreads)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = SoftmaxChunks.Rows(classes);
        double[] sums = new double[Chunks.Count(rows, size)];
        Chunks.For(sums.Length, maxThreads, chunk =>
        {
            int row = chunk * size;
            sums[chunk] = Short<V, T>(x, row, Math.Min(size, rows - row), classes, rule, weights, gradient);
        });

        double total = 0;
        foreach (double sum in sums)
            total += sum;
        return total;
    }

    [SkipLocalsInit]
    private static double Short<V, T>(T* x, int firstRow, int rows, int classes, LossRule<T> rule, T* weights, T* gradient)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* memory = stackalloc T[ExpRows.Elements + ExpRows.Spare], shifts = stackalloc T[2 * ExpRows.MaxRows];
        T* e = CacheBlock.Aligned<T>((byte*)memory), bases = shifts + ExpRows.MaxRows;
        double* sums = stackalloc double[ExpRows.MaxRows + 16], own = stackalloc double[ExpRows.MaxRows + 16],
            slopes = stackalloc double[ExpRows.MaxRows + 16];
        int blockRows = ExpRows.BlockRows(classes);
        double total = 0;
        bool shifted = false;
        for (int first = firstRow; first < firstRow + rows; first += blockRows)
        {
            int count = Math.Min(blockRows, firstRow + rows - first);
            T* block = x + ((long)first * classes), y = gradient == null ? null : gradient + ((long)first * classes);
            T* mine = weights == null ? null : weights + first;

            // The gradient may store exponentials if the next block overwrites what is written beyond the block.
            T* place = rule.IsPlain && y != null && x != gradient && classes > Lanes.Short && first + count < firstRow + rows ? y : e;
            ExpRows.Fill<V, T>(block, count, classes, T.One, place, shifts, bases, ref shifted);
            if (rule.IsPlain)
            {
                total += Plain<V, T>(block, place, count, classes, rule.Labels + first, mine, sums, own, shifts, bases, y);
            }
            else
            {
                RowStatistics.Sums<V, T>(place, count, classes, sums);
                RowLosses.Fill(block, place, first, count, classes, rule, sums, shifts, bases, own, slopes);
                for (int row = 0; row < count; row++)
                    total += Weighted(own[row], mine == null ? 1 : double.CreateTruncating(mine[row]));
                if (y != null)
                    LossGradient.Rows<V, T>(place, first, count, classes, rule, mine, sums, slopes, y);
            }
        }

        return total;
    }

    /// <summary>The losses of a block's labels, and the gradient unless <paramref name="y"/> is null.</summary>
    [SkipLocalsInit]
    private static double Plain<V, T>(
        T* x, T* e, int rows, int classes, int* labels, T* weights, double* sums, double* own, T* shifts, T* bases, T* y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A short row's own exponentials are taken as its gradient is made, unless it is known too late by then that a logit is needed.
        double least = double.MaxValue;
        int ahead = y == null || x == y || classes > Lanes.Short ? rows : 0;
        for (int row = 0; row < ahead; row++)
        {
            own[row] = double.CreateTruncating(e[(row * classes) + labels[row]]);
            least = own[row] < least ? own[row] : least;
        }

        // Where a label's exponential underflows, its logit is needed, which a gradient in the same memory overwrites.
        bool first = y == null || (x == y && least < NegativeLogLikelihood.Vanishing);
        double total = 0;
        if (first)
        {
            RowStatistics.Sums<V, T>(e, rows, classes, sums);
            total = NegativeLogLikelihood.Sum(sums, own, rows, shifts, bases, x, classes, labels, weights);
        }

        if (y == null)
            return total;

        // Numbers of short rows are kept as they are and widened together: one by one that takes as long as the rest of what a label costs.
        T* kept = stackalloc T[2 * ExpRows.MaxRows];
        if (weights == null)
            RowScale.Divide<V, T, LabelGradient<T, Unscaled>>(e, rows, classes, y,
                new(labels, weights, sums, kept, kept + ExpRows.MaxRows));
        else
            RowScale.Divide<V, T, LabelGradient<T, Scaled>>(e, rows, classes, y, new(labels, weights, sums, kept, kept + ExpRows.MaxRows));
        if (classes <= Lanes.Short)
        {
            Lanes.Widen(kept, rows, sums);
            Lanes.Widen(kept + ExpRows.MaxRows, rows, own);
        }

        return first ? total : NegativeLogLikelihood.Sum(sums, own, rows, shifts, bases, x, classes, labels, weights);
    }

    private static double Long<V, T>(
        T* x, int row, int classes, LossRule<T> rule, T* weights, T* gradient, int maxThreads, ref bool shifted)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* from = x + ((long)row * classes), y = gradient == null ? null : gradient + ((long)row * classes);
        T* weight = weights == null ? null : weights + row;
        (double Logits, double Mass) moments = rule.Moments(from, row, classes);
        T atLabel = rule.Labels == null ? T.Zero : from[rule.Labels[row]];
        double sum = LongRow.Sum<V, T, MemoryRows<T>>(new MemoryRows<T>(from), 0, classes, T.One, maxThreads, y, ref shifted, out T max);

        // The label's own exponential, with the bits that it has in the sum.
        T shift = T.Zero, rowBase = T.Zero;
        T* one = stackalloc T[ExpRows.Spare];
        if (shifted)
            (shift, rowBase) = ExpRows.Shifted<V, T>(&atLabel, 1, &atLabel + 1, V.Create(max), T.One, one);
        else
            ExpRows.TryNarrow<V, T>(&atLabel, 1, T.One, one);

        double surprise = NegativeLogLikelihood.One(sum, double.CreateTruncating(*one), shift, rowBase, atLabel);
        double log = rule.IsPlain ? 0 : RowStatistics.Log(sum, shift) + double.CreateTruncating(rowBase);
        (double loss, double slope) = rule.Of(surprise, log, moments);
        if (y != null)
            LossGradient.Rows<V, T>(y, row, 1, classes, rule, weight, &sum, &slope, y);
        return Weighted(loss, weight == null ? 1 : double.CreateTruncating(*weight));
    }

    /// <summary>weight·loss; 0 for a row of weight 0, which may contain anything.</summary>
    public static double Weighted(double loss, double weight) => weight == 0 ? 0 : weight * loss;
}
