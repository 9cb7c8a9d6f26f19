using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The shifted exponential of one row, with its shift in every lane of a vector.</summary>
/// <remarks>
/// e_j = e^(z_j)·2^(<see cref="ExpLanes.Offset"/> − N) with z_j = (x_j − base)·scale, and N the row's largest z in powers of two. The base
/// is the row's maximum where that is so large that all relevant values are within a factor of two of it, so that the subtraction is exact;
/// otherwise it is 0.
/// </remarks>
internal readonly struct ShiftedExponential<V, T, TScaling> : IExponential<V>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TScaling : struct, IScaling
{
    private readonly V scale, rowBase, rounder, cutoff;

    /// <summary>Prepares the exponential of a row.</summary>
    /// <param name="max">The row's largest element, in every lane.</param>
    /// <param name="scale">1 / temperature.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShiftedExponential(V max, V scale)
    {
        this.scale = scale;
        V magnitude = V.AndNot(max * scale, V.Constant(-0.0));
        V far = V.Constant(typeof(T) == typeof(float) ? 256 : 2048);
        rowBase = max & V.LessThan(far, magnitude);
        V top = (max - rowBase) * scale;
        V rounding = V.Constant(ExpLanes.Rounding<T>());
        Shift = V.Fma(top, ExpLanes.Log2E<V, T>(), rounding) - rounding;
        rounder = ExpLanes.Unshifted<V, T>() - Shift;
        cutoff = top - V.Create(ExpLanes.Vanishing<T>());
    }

    private ShiftedExponential(V shift, V rowBase, V rounder, V cutoff)
    {
        scale = V.Constant(1);
        Shift = shift;
        this.rowBase = rowBase;
        this.rounder = rounder;
        this.cutoff = cutoff;
    }

    /// <summary>N.</summary>
    public V Shift { get; }

    /// <summary>The base.</summary>
    public V Base => rowBase;

    /// <summary>
    /// Exponentials without the offset, e^(x − base)·2^−N, that may be multiplied by any number as they are never much above those of the
    /// row's maximum; what is not normal is 0.
    /// </summary>
    /// <param name="shift">N.</param>
    /// <param name="rowBase">The base.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ShiftedExponential<V, T, TScaling> Plain(V shift, V rowBase) => new(
        shift, rowBase, ExpLanes.Plain<V, T>() - shift, V.Fma(shift, V.Constant(0.6931471805599453), V.Constant(ExpLanes.Normal<T>())));

    /// <summary>
    /// The exponentials: 0 for −∞ and for what is too far below the maximum to count, NaN for NaN, and NaN everywhere in a row whose
    /// maximum is not finite.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Exp(V x)
    {
        V z = TScaling.IsScaled ? (x - rowBase) * scale : x;
        return V.AndNot(ExpLanes.Shifted<V, T>(z, rounder), V.LessThan(z, cutoff));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exp(ref V a, ref V b, ref V c, ref V d)
    {
        if (TScaling.IsScaled)
            (a, b, c, d) = ((a - rowBase) * scale, (b - rowBase) * scale, (c - rowBase) * scale, (d - rowBase) * scale);
        V vanishA = V.LessThan(a, cutoff), vanishB = V.LessThan(b, cutoff), vanishC = V.LessThan(c, cutoff),
            vanishD = V.LessThan(d, cutoff);
        ExpLanes.Shifted<V, T>(ref a, ref b, ref c, ref d, rounder);
        (a, b, c, d) = (V.AndNot(a, vanishA), V.AndNot(b, vanishB), V.AndNot(c, vanishC), V.AndNot(d, vanishD));
    }
}
