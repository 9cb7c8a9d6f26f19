using System.Numerics;
using System.Runtime.InteropServices;

namespace Credence.Numerics;

/// <summary>Sums over the pairs of rows with equal labels, for many labellings at once.</summary>
internal static class EqualPairSums
{
    /// <summary>sums_d = Σ_{j &lt; i} kernel_ij · [labels_id = labels_jd].</summary>
    /// <remarks>Each labelling is summed independently, each row's pairs over j in order and then the rows in order: the bits do not depend
    /// on the
    /// processor's vectors.
    /// Whole vectors are faster: pad the labellings to a multiple of 8. NaN propagates.</remarks>
    /// <param name="labels">[rows, labellings]; labels as doubles.</param>
    /// <param name="kernel">[rows, rows]; only the part below the diagonal is read.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="sums">One sum per labelling, overwritten.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void Compute(ReadOnlySpan<double> labels, ReadOnlySpan<double> kernel, int rows, Span<double> sums)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        int stride = sums.Length;
        Shape.AtLeast(labels.Length, (long)rows * stride, nameof(labels));
        Shape.AtLeast(kernel.Length, (long)rows * rows, nameof(kernel));
        int first = 0;
        for (; first <= stride - Vector<double>.Count; first += Vector<double>.Count)
            Whole(labels, first, stride, kernel, rows).CopyTo(sums[first..]);
        for (; first < stride; first++)
            sums[first] = One(labels, first, stride, kernel, rows);
    }

    /// <summary>The sums of one vector register of labellings.</summary>
    private static Vector<double> Whole(ReadOnlySpan<double> labels, int first, int stride, ReadOnlySpan<double> kernel, int rows)
    {
        ref double origin = ref MemoryMarshal.GetReference(labels);
        Vector<double> sum = default;
        for (int i = 1; i < rows; i++)
        {
            Vector<double> label = Vector.LoadUnsafe(ref origin, (nuint)((i * stride) + first));
            ReadOnlySpan<double> k = kernel.Slice(i * rows, i);
            Vector<double> row = default;
            for (int j = 0; j < k.Length; j++)
            {
                Vector<double> other = Vector.LoadUnsafe(ref origin, (nuint)((j * stride) + first));
                row += Vector.ConditionalSelect(Vector.Equals(other, label), new Vector<double>(k[j]), default);
            }

            sum += row;
        }

        return sum;
    }

    private static double One(ReadOnlySpan<double> labels, int first, int stride, ReadOnlySpan<double> kernel, int rows)
    {
        double sum = 0;
        for (int i = 1; i < rows; i++)
        {
            double row = 0;
            for (int j = 0; j < i; j++)
                row += labels[(j * stride) + first] == labels[(i * stride) + first] ? kernel[(i * rows) + j] : 0;

            sum += row;
        }

        return sum;
    }
}
