using System.Numerics;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>The inner loops of pooling, over channels.</summary>
internal static class PoolingMaps
{
    /// <summary>largest = max(values, largest); NaN where a value is.</summary>
    public static void Max<T>(ReadOnlySpan<T> values, Span<T> largest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int c = 0;
        for (; c <= values.Length - Vector256<T>.Count; c += Vector256<T>.Count)
        {
            Vector256<T> a = Vector256.Create(values[c..]), b = Vector256.Create<T>(largest[c..]);
            Vector256.ConditionalSelect(Vector256.GreaterThan(a, b) | ~Vector256.Equals(a, a), a, b).CopyTo(largest[c..]);
        }

        for (; c < values.Length; c++)
            largest[c] = values[c] > largest[c] || T.IsNaN(values[c]) ? values[c] : largest[c];
    }

    /// <summary>Gives what is left of the gradient to the values that are the largest.</summary>
    public static void Give<T>(ReadOnlySpan<T> values, ReadOnlySpan<T> largest, Span<T> left, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int c = 0;
        for (; c <= values.Length - Vector256<T>.Count; c += Vector256<T>.Count)
        {
            Vector256<T> isLargest = Vector256.Equals(Vector256.Create(values[c..]), Vector256.Create(largest[c..]));
            Vector256<T> open = Vector256.Create<T>(left[c..]);
            (open & isLargest).CopyTo(gradient[c..]);
            Vector256.AndNot(open, isLargest).CopyTo(left[c..]);
        }

        for (; c < values.Length; c++)
        {
            if (values[c] == largest[c])
                (gradient[c], left[c]) = (left[c], default);
        }
    }
}
