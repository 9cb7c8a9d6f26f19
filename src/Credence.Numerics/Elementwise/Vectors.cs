using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Scaled sums, products and dot products of vectors of floats or doubles.</summary>
/// <remarks>
/// Elements are independent, with fused multiply-add where a product is added; <see cref="Dot"/> adds in one order that depends only on the
/// length.
/// The bits do not depend on the processor's vectors. Inputs and outputs are the same memory or do not overlap. NaN propagates.
/// </remarks>
public static class Vectors
{
    /// <summary>y += factor·x.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="factor">The factor.</param>
    /// <param name="x">The vector to add, at least as long as <paramref name="y"/>.</param>
    /// <param name="y">The sums.</param>
    /// <exception cref="ArgumentException"><paramref name="x"/> is shorter than <paramref name="y"/>.</exception>
    public static void AddScaled<T>(T factor, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape.AtLeast(x.Length, y.Length, nameof(x));
        Span<Vector256<T>> sums = MemoryMarshal.Cast<T, Vector256<T>>(y);
        ReadOnlySpan<Vector256<T>> terms = MemoryMarshal.Cast<T, Vector256<T>>(x);
        Vector256<T> factors = Vector256.Create(factor);
        for (int i = 0; i < sums.Length && i < terms.Length; i++)
            sums[i] = MultiplyAdd(factors, terms[i], sums[i]);
        for (int i = sums.Length * Vector256<T>.Count; i < y.Length; i++)
            y[i] = T.FusedMultiplyAdd(factor, x[i], y[i]);
    }

    /// <summary>sum = x + factor·y.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The first terms, at least as long as <paramref name="sum"/>.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="y">The second terms, at least as long.</param>
    /// <param name="sum">The sums; may be one of the terms.</param>
    /// <exception cref="ArgumentException">A term is shorter than <paramref name="sum"/>.</exception>
    public static void Add<T>(ReadOnlySpan<T> x, T factor, ReadOnlySpan<T> y, Span<T> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape.AtLeast(x.Length, sum.Length, nameof(x));
        Shape.AtLeast(y.Length, sum.Length, nameof(y));
        Span<Vector256<T>> sums = MemoryMarshal.Cast<T, Vector256<T>>(sum);
        ReadOnlySpan<Vector256<T>> a = MemoryMarshal.Cast<T, Vector256<T>>(x), b = MemoryMarshal.Cast<T, Vector256<T>>(y);
        Vector256<T> factors = Vector256.Create(factor);
        for (int i = 0; i < sums.Length && i < a.Length && i < b.Length; i++)
            sums[i] = MultiplyAdd(factors, b[i], a[i]);
        for (int i = sums.Length * Vector256<T>.Count; i < sum.Length; i++)
            sum[i] = T.FusedMultiplyAdd(factor, y[i], x[i]);
    }

    /// <summary>z += x∘y, element by element.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The first factors, at least as long as <paramref name="z"/>.</param>
    /// <param name="y">The second factors, at least as long.</param>
    /// <param name="z">The sums.</param>
    /// <exception cref="ArgumentException">A factor is shorter than <paramref name="z"/>.</exception>
    public static void AddProduct<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape.AtLeast(x.Length, z.Length, nameof(x));
        Shape.AtLeast(y.Length, z.Length, nameof(y));
        Span<Vector256<T>> sums = MemoryMarshal.Cast<T, Vector256<T>>(z);
        ReadOnlySpan<Vector256<T>> a = MemoryMarshal.Cast<T, Vector256<T>>(x), b = MemoryMarshal.Cast<T, Vector256<T>>(y);
        for (int i = 0; i < sums.Length && i < a.Length && i < b.Length; i++)
            sums[i] = MultiplyAdd(a[i], b[i], sums[i]);
        for (int i = sums.Length * Vector256<T>.Count; i < z.Length; i++)
            z[i] = T.FusedMultiplyAdd(x[i], y[i], z[i]);
    }

    /// <summary>z = x∘y, element by element.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The first factors, at least as long as <paramref name="z"/>.</param>
    /// <param name="y">The second factors, at least as long.</param>
    /// <param name="z">The products; may be one of the factors.</param>
    /// <exception cref="ArgumentException">A factor is shorter than <paramref name="z"/>.</exception>
    public static void Multiply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape.AtLeast(x.Length, z.Length, nameof(x));
        Shape.AtLeast(y.Length, z.Length, nameof(y));
        Span<Vector256<T>> products = MemoryMarshal.Cast<T, Vector256<T>>(z);
        ReadOnlySpan<Vector256<T>> a = MemoryMarshal.Cast<T, Vector256<T>>(x), b = MemoryMarshal.Cast<T, Vector256<T>>(y);
        for (int i = 0; i < products.Length && i < a.Length && i < b.Length; i++)
            products[i] = a[i] * b[i];
        for (int i = products.Length * Vector256<T>.Count; i < z.Length; i++)
            z[i] = x[i] * y[i];
    }

    /// <summary>x ← x + term.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="term">The term.</param>
    /// <param name="x">The elements.</param>
    internal static void Shift<T>(T term, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector256<T>> vectors = MemoryMarshal.Cast<T, Vector256<T>>(x);
        Vector256<T> terms = Vector256.Create(term);
        foreach (ref Vector256<T> vector in vectors)
            vector += terms;
        for (int i = vectors.Length * Vector256<T>.Count; i < x.Length; i++)
            x[i] += term;
    }

    /// <summary>Σ x of at most a few thousand elements: the lanes of one vector are added in order in double, and then, in double, the
    /// elements after the last whole vector.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The elements.</param>
    internal static double Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<T> sum = default;
        ReadOnlySpan<Vector256<T>> vectors = MemoryMarshal.Cast<T, Vector256<T>>(x);
        foreach (Vector256<T> vector in vectors)
            sum += vector;

        double total = 0;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
            total += double.CreateTruncating(sum[lane]);
        for (int i = vectors.Length * Vector256<T>.Count; i < x.Length; i++)
            total += double.CreateTruncating(x[i]);

        return total;
    }

    /// <summary>x ← factor·x.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="factor">The factor.</param>
    /// <param name="x">The elements.</param>
    public static void Scale<T>(T factor, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector256<T>> vectors = MemoryMarshal.Cast<T, Vector256<T>>(x);
        Vector256<T> factors = Vector256.Create(factor);
        foreach (ref Vector256<T> vector in vectors)
            vector *= factors;
        for (int i = vectors.Length * Vector256<T>.Count; i < x.Length; i++)
            x[i] *= factor;
    }

    /// <summary>
    /// xᵀy of at most a few thousand elements: four accumulators of 32 bytes alternate, their lanes are added in order in double, and then,
    /// in
    /// double, the elements after the last whole vector. For longer ones see <see cref="LongVectors"/>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">The first factors.</param>
    /// <param name="y">The second factors, at least as many.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static double Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape.AtLeast(y.Length, x.Length, nameof(y));
        ReadOnlySpan<Vector256<T>> a = MemoryMarshal.Cast<T, Vector256<T>>(x), b = MemoryMarshal.Cast<T, Vector256<T>>(y);
        Vector256<T> s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0;
        for (; i + 4 <= a.Length && i + 4 <= b.Length; i += 4)
        {
            s0 = MultiplyAdd(a[i], b[i], s0);
            s1 = MultiplyAdd(a[i + 1], b[i + 1], s1);
            s2 = MultiplyAdd(a[i + 2], b[i + 2], s2);
            s3 = MultiplyAdd(a[i + 3], b[i + 3], s3);
        }

        for (; i < a.Length && i < b.Length; i++)
            s0 = MultiplyAdd(a[i], b[i], s0);
        s0 = s0 + s1 + (s2 + s3);
        double total = 0;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
            total += double.CreateTruncating(s0[lane]);
        for (i *= Vector256<T>.Count; i < x.Length; i++)
            total += double.CreateTruncating(x[i]) * double.CreateTruncating(y[i]);

        return total;
    }

    /// <summary>a·b + c with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<T> MultiplyAdd<T>(Vector256<T> a, Vector256<T> b, Vector256<T> c) => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
        : Vector256.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();
}
