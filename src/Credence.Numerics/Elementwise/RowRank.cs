using System.Numerics;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>The rank of a value in a row.</summary>
/// <param name="Greater">The number of elements greater than the value.</param>
/// <param name="Equal">The number of elements equal to it.</param>
internal readonly record struct RowRank(int Greater, int Equal)
{
    /// <summary>Counts the elements greater than a value and equal to it, and collects the row's largest elements in the same
    /// pass.</summary>
    /// <param name="x">The row; NaN is neither greater nor equal and is not collected.</param>
    /// <param name="value">The value.</param>
    /// <param name="largest">In descending order, at least one: on entry the values that elements must exceed to be collected, for instance
    /// all −∞;
    /// on return the largest of those and of the row.</param>
    /// <exception cref="ArgumentException"><paramref name="largest"/> is empty.</exception>
    public static RowRank Compute(ReadOnlySpan<double> x, double value, Span<double> largest)
    {
        Shape.AtLeast(largest.Length, 1, nameof(largest));
        Vector512<double> own = Vector512.Create(value);
        int greater = 0, equal = 0, k = 0;
        for (; k <= x.Length - DoubleVectors.Width; k += DoubleVectors.Width)
        {
            Vector512<double> values = DoubleVectors.At(x, k);
            greater += BitOperations.PopCount(Vector512.GreaterThan(values, own).ExtractMostSignificantBits());
            equal += BitOperations.PopCount(Vector512.Equals(values, own).ExtractMostSignificantBits());
            if (Vector512.GreaterThanAny(values, Vector512.Create(largest[^1])))
                Insert(largest, x.Slice(k, DoubleVectors.Width));
        }

        for (int rest = k; rest < x.Length; rest++)
        {
            greater += x[rest] > value ? 1 : 0;
            equal += x[rest] == value ? 1 : 0;
        }

        Insert(largest, x[k..]);
        return new RowRank(greater, equal);
    }

    private static void Insert(Span<double> largest, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!(value > largest[^1]))
                continue;

            int place = largest.Length - 1;
            while (place > 0 && largest[place - 1] < value)
            {
                largest[place] = largest[place - 1];
                place--;
            }

            largest[place] = value;
        }
    }
}
