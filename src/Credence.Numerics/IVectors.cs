using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Credence.Numerics;

/// <summary>What the tile of a matrix product needs of a register: the few of <see cref="ILanes{TSelf, T}"/>'s operations that it is made of.</summary>
/// <remarks>
/// They are on the processor's own vector, which no struct is wrapped about: with one the compiler moves each of a tile's twelve sums once a term, or spills them, and
/// products lose a fifth of their speed.
/// </remarks>
internal unsafe interface IVectors<T, TVector>
    where T : unmanaged
    where TVector : struct
{
    /// <summary>Lanes in a register.</summary>
    static abstract int Count { get; }

    /// <summary>The lanes from memory.</summary>
    static abstract TVector Load(T* from);

    /// <summary>The lanes to memory.</summary>
    static abstract void Store(TVector v, T* to);

    /// <summary>One number from memory in all lanes.</summary>
    static abstract TVector Fill(T* from);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>Every NaN as the one <c>NaN</c>.</summary>
    static abstract TVector OneNaN(TVector v);
}

/// <summary>Registers of 512 bits.</summary>
internal readonly unsafe struct Vectors512<T> : IVectors<T, Vector512<T>>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static int Count => Vector512<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* from) => Vector512.Load(from);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> v, T* to) => v.Store(to);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Fill(T* from) => Vector512.Create(*from);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
        : Vector512.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> OneNaN(Vector512<T> v) =>
        Vector512.ConditionalSelect(Vector512.Equals(v, v), v, Vector512.Create(NaN.Of<T>()));
}

/// <summary>Registers of 256 bits.</summary>
internal readonly unsafe struct Vectors256<T> : IVectors<T, Vector256<T>>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static int Count => Vector256<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* from) => Vector256.Load(from);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> v, T* to) => v.Store(to);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Fill(T* from)
    {
        // Said so, it takes a load alone; a number loaded first takes a shuffle after it.
        if (Avx.IsSupported && typeof(T) == typeof(float))
            return Avx.BroadcastScalarToVector256((float*)from).As<float, T>();
        if (Avx.IsSupported && typeof(T) == typeof(double))
            return Avx.BroadcastScalarToVector256((double*)from).As<double, T>();

        return Vector256.Create(*from);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
        : Vector256.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> OneNaN(Vector256<T> v) =>
        Vector256.ConditionalSelect(Vector256.Equals(v, v), v, Vector256.Create(NaN.Of<T>()));
}

/// <summary>Registers of 128 bits.</summary>
internal readonly unsafe struct Vectors128<T> : IVectors<T, Vector128<T>>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static int Count => Vector128<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* from) => Vector128.Load(from);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> v, T* to) => v.Store(to);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Fill(T* from) => Avx.IsSupported && typeof(T) == typeof(float)
        ? Avx.BroadcastScalarToVector128((float*)from).As<float, T>()
        : Vector128.Create(*from);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c) => typeof(T) == typeof(float)
        ? Vector128.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
        : Vector128.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> OneNaN(Vector128<T> v) =>
        Vector128.ConditionalSelect(Vector128.Equals(v, v), v, Vector128.Create(NaN.Of<T>()));
}

/// <summary>No vectors: one lane.</summary>
internal readonly unsafe struct Scalars<T> : IVectors<T, T>
    where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load(T* from) => *from;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T v, T* to) => *to = v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fill(T* from) => *from;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd(T a, T b, T c) => T.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OneNaN(T v) => T.IsNaN(v) ? T.NaN : v;
}

/// <summary>The one NaN that results hold.</summary>
internal static class NaN
{
    /// <summary><c>float.NaN</c> or <c>double.NaN</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>() => typeof(T) == typeof(float) ? (T)(object)float.NaN : (T)(object)double.NaN;
}
