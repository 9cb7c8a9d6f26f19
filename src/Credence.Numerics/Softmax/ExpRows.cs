using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The exponentials of a block of rows, shifted so that they neither overflow nor underflow, shared by the softmax
/// family.</summary>
/// <remarks>
/// Where all logits of a block are small (<see cref="ExpLanes.NarrowLimit"/>) no maximum is computed and nothing is shifted;
/// otherwise each row has its
/// <see cref="ShiftedExponential{V, T, TScaling}"/>. Scaling by 2^N is exact: a row's probabilities have the same bits either way, whatever
/// the other rows of its block.
/// </remarks>
internal static unsafe class ExpRows
{
    /// <summary>Elements worked on at once.</summary>
    public const int Elements = CacheBlock.Elements;

    /// <summary>The maximum number of rows in a block.</summary>
    public const int MaxRows = 256;

    /// <summary>The spare elements of a block's memory: a vector of any width and a cache line for alignment.</summary>
    public const int Spare = 32;

    /// <summary>The number of rows in a block.</summary>
    public static int BlockRows(int classes) => Math.Min(MaxRows, Elements / Math.Max(1, classes));

    /// <summary>
    /// The exponentials of rows. Each row's last vector is written whole, over what follows: the next row, which is written later, or
    /// spare memory.
    /// </summary>
    /// <param name="x">[rows, classes].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="scale">1 / temperature.</param>
    /// <param name="e">[rows, classes], apart from <paramref name="x"/>, with a vector's room beyond.</param>
    /// <param name="shifts">N of each row; all 0 where nothing was shifted.</param>
    /// <param name="bases">The base of each row; all 0 where nothing was shifted.</param>
    /// <param name="shifted">
    /// Whether rows are shifted. Unless it is already true, the exponentials are first tried without a shift; a block that needs one sets
    /// it,
    /// and later blocks do not try.
    /// </param>
    public static void Fill<V, T>(T* x, int rows, int classes, T scale, T* e, T* shifts, T* bases, ref bool shifted)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!shifted)
        {
            if (TryNarrow<V, T>(x, rows * classes, scale, e))
            {
                new Span<T>(shifts, rows).Clear();
                new Span<T>(bases, rows).Clear();
                return;
            }

            shifted = true;
        }

        T* end = x + ((long)rows * classes);
        if (classes <= Lanes.Short)
        {
            V scales = V.Create(scale);
            for (int row = 0; row < rows; row++, x += classes, e += classes)
            {
                var anchor = new ShiftedExponential<V, T, Scaled>(Max<V, T>(x, classes, end), scales);
                ExpMaps.Spill<V, T, ShiftedExponential<V, T, Scaled>>(x, classes, end, e, anchor);
                (shifts[row], bases[row]) = (anchor.Shift.First, anchor.Base.First);
            }

            return;
        }

        for (int row = 0; row < rows; row++, x += classes, e += classes)
            (shifts[row], bases[row]) = Shifted<V, T>(x, classes, end, Max<V, T>(x, classes, end), scale, e);
    }

    /// <summary>The exponentials of a row with the maximum given, to the end of the last vector.</summary>
    /// <returns>The row's N and base.</returns>
    public static (T Shift, T Base) Shifted<V, T>(T* x, int count, T* end, V max, T scale, T* e)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var anchor = new ShiftedExponential<V, T, Scaled>(max, V.Create(scale));
        if (scale == T.One && anchor.Base.First == T.Zero)
            ExpMaps.Spill<V, T, ShiftedExponential<V, T, Unscaled>>(x, count, end, e, new(max, V.Create(scale)));
        else
            ExpMaps.Spill<V, T, ShiftedExponential<V, T, Scaled>>(x, count, end, e, anchor);
        return (anchor.Shift.First, anchor.Base.First);
    }

    /// <summary>
    /// The exponentials without a shift, to the end of the last vector. False, with useless results, where one is out of range; NaN is.
    /// </summary>
    public static bool TryNarrow<V, T>(T* x, int count, T scale, T* e)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        scale == T.One ? TryNarrow<V, T, Unscaled>(x, count, scale, e) : TryNarrow<V, T, Scaled>(x, count, scale, e);

    private static bool TryNarrow<V, T, TScaling>(T* x, int count, T scale, T* e)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TScaling : struct, IScaling
    {
        // One multiply-add per vector detects values out of range, and NaN: a comparison or a maximum takes two instructions and delays
        // the multiplications that follow it.
        V scales = V.Create(scale), absorbed = V.Constant(ExpLanes.Absorbing<T>());
        int i = 0;
        for (; i <= count - (4 * V.Count); i += 4 * V.Count)
        {
            V a = V.Load(x + i), b = V.Load(x + i + V.Count), c = V.Load(x + i + (2 * V.Count)), d = V.Load(x + i + (3 * V.Count));
            if (TScaling.IsScaled)
                (a, b, c, d) = (a * scales, b * scales, c * scales, d * scales);
            V.AddProduct(ref absorbed, a, a);
            V.AddProduct(ref absorbed, b, b);
            V.AddProduct(ref absorbed, c, c);
            V.AddProduct(ref absorbed, d, d);
            ExpLanes.Shifted<V, T>(ref a, ref b, ref c, ref d, ExpLanes.Unshifted<V, T>());
            a.Store(e + i);
            b.Store(e + i + V.Count);
            c.Store(e + i + (2 * V.Count));
            d.Store(e + i + (3 * V.Count));
        }

        for (; i < count; i += V.Count)
        {
            V z = i <= count - V.Count ? V.Load(x + i) : V.LoadPart(x + i, count - i, T.Zero);
            if (TScaling.IsScaled)
                z *= scales;
            V.AddProduct(ref absorbed, z, z);
            ExpLanes.Shifted<V, T>(z, ExpLanes.Unshifted<V, T>()).Store(e + i);
        }

        // The bits of a NaN, without its sign, are above those of every number.
        return !V.AnyBitsAbove(V.AndNot(absorbed, V.Constant(-0.0)), V.Constant(ExpLanes.Absorbing<T>()));
    }

    /// <summary>The largest of a row; NaN if there is one; −∞ of nothing.</summary>
    public static T MaxOrNaN<T>(T* x, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LaneWidth.Bits switch
        {
            512 => MaxOrNaN<Lanes512<T>, T>(x, count),
            256 => MaxOrNaN<Lanes256<T>, T>(x, count),
            128 => MaxOrNaN<Lanes128<T>, T>(x, count),
            _ => MaxOrNaN<OneLane<T>, T>(x, count),
        };

    /// <summary>The largest of a row; NaN if there is one; −∞ of nothing.</summary>
    public static T MaxOrNaN<V, T>(T* x, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V max = V.Create(T.NegativeInfinity), numbers = V.FromBits(-1);
        for (int i = 0; i < count; i += V.Count)
        {
            V v = Lanes.LoadWithin<V, T>(x + i, count - i, x + count, T.NegativeInfinity);
            max = V.Max(max, v);
            numbers &= V.Equal(v, v);
        }

        return V.AnyBitsAbove(numbers, V.FromBits(-1)) ? T.NaN : V.MaxAcross(max).First;
    }

    /// <summary>The largest of a row in every lane; −∞ of an empty row; a NaN may be missed.</summary>
    /// <param name="x">The row.</param>
    /// <param name="count">Its length.</param>
    /// <param name="end">The end of the readable memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Max<V, T>(T* x, int count, T* end)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V least = V.Create(T.NegativeInfinity), first = least, second = least;
        int i = 0;
        for (; i <= count - (2 * V.Count); i += 2 * V.Count)
        {
            first = V.Max(first, V.Load(x + i));
            second = V.Max(second, V.Load(x + i + V.Count));
        }

        if (i <= count - V.Count)
        {
            first = V.Max(first, V.Load(x + i));
            i += V.Count;
        }

        if (i < count)
            second = V.Max(second, V.Select(V.FirstLanes(count - i), Lanes.LoadWithin<V, T>(x + i, count - i, end, T.Zero), least));

        return V.MaxAcross(V.Max(first, second));
    }
}
