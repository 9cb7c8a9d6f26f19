using System.Numerics;
using System.Runtime.InteropServices;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>Matrix products for code that is written once for floats and doubles.</summary>
internal static class Products
{
    /// <summary>C = A·B, [m, k]·[k, n].</summary>
    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            MatrixProduct.Multiply(MemoryMarshal.Cast<T, float>(a), MemoryMarshal.Cast<T, float>(b), MemoryMarshal.Cast<T, float>(c), m, k,
                n);
        else
            MatrixProduct.Multiply(MemoryMarshal.Cast<T, double>(a), MemoryMarshal.Cast<T, double>(b), MemoryMarshal.Cast<T, double>(c), m,
                k, n);
    }

    /// <summary>C = Aᵀ·B, A [k, m], B [k, n].</summary>
    public static void MultiplyTransposedLeft<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            MatrixProduct.MultiplyTransposedLeft(MemoryMarshal.Cast<T, float>(a), MemoryMarshal.Cast<T, float>(b),
                MemoryMarshal.Cast<T, float>(c), m, k, n);
        else
            MatrixProduct.MultiplyTransposedLeft(MemoryMarshal.Cast<T, double>(a), MemoryMarshal.Cast<T, double>(b),
                MemoryMarshal.Cast<T, double>(c), m, k, n);
    }
}
