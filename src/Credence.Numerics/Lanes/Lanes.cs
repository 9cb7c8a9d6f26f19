using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Sums in one fixed order for any vector width, and loads at the end of memory.</summary>
internal static unsafe class Lanes
{
    /// <summary>Rows of at most this many elements are summed without doubles.</summary>
    public const int Short = 64;

    /// <summary>The lanes that a long sum keeps: 16 in float, 8 in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Wide<T>() => typeof(T) == typeof(float) ? 16 : 8;

    /// <summary>The lanes that a short sum keeps: 8 in float, 4 in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Half<T>() => Wide<T>() / 2;

    /// <summary>Replaces every NaN by the canonical <c>NaN</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OneNaN<V, T>(V v)
        where V : struct, ILanes<V, T>
        where T : unmanaged => V.Select(V.Equal(v, v), v, V.Constant(double.NaN));

    /// <summary>All bits set in all lanes but the first <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AfterFirst<V, T>(int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged => V.AndNot(V.FromBits(-1), V.FirstLanes(count));

    /// <summary>A whole vector where the readable memory contains it, otherwise its first lanes, with the others filled.</summary>
    /// <param name="from">The start of the vector.</param>
    /// <param name="count">The number of valid lanes.</param>
    /// <param name="end">The end of the readable memory.</param>
    /// <param name="fill">The value of the lanes beyond <paramref name="end"/>; those before it are read from memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadWithin<V, T>(T* from, int count, T* end, T fill)
        where V : struct, ILanes<V, T>
        where T : unmanaged =>
        from + V.Count <= end ? V.Load(from) : LoadPart<V, T>(from, count, fill);

    // A separate method, so that the path through memory does not spill registers on the fast path.
    private static V LoadPart<V, T>(T* from, int count, T fill)
        where V : struct, ILanes<V, T>
        where T : unmanaged => V.LoadPart(from, count, fill);

    /// <summary>
    /// The sum of a row, longer than <see cref="Short"/>: in every 4·<see cref="Wide"/> elements each lane adds up its four, the upper half
    /// of a float's 16 lanes is added to the lower, and the lanes' sums are kept in double; the rest, added in order, is one more such
    /// piece. A vector beyond may be read and is ignored.
    /// </summary>
    [SkipLocalsInit]
    public static double Sum<V, T>(T* x, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        double* lanes = stackalloc double[8];
        SumLanes<V, T>(x, count, lanes);
        return Fold(lanes);
    }

    /// <summary>The sums of a block's rows, equal to <see cref="Sum"/>: all lane sums first, so that no row waits for another's final
    /// reduction.</summary>
    /// <param name="x">[rows, count], with space for one vector beyond.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="count">A row's length.</param>
    /// <param name="sums">One sum per row.</param>
    [SkipLocalsInit]
    public static void Sums<V, T>(T* x, int rows, int count, double* sums)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        double* lanes = stackalloc double[8 * (CacheBlock.Elements / Short)];
        for (int row = 0; row < rows; row++)
            SumLanes<V, T>(x + (row * count), count, lanes + (8 * row));
        for (int row = 0; row < rows; row++)
            sums[row] = Fold(lanes + (8 * row));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumLanes<V, T>(T* x, int count, double* sums)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        int step = Wide<T>(), whole = count / (4 * step) * (4 * step);
        V.SumPieces(sums, x, whole);
        if (whole < count)
            SumRest<V, T>(x + whole, count - whole, sums);
    }

    /// <summary>The sums of whole pieces of 4·<see cref="Wide"/> elements, equal to <see cref="ILanes{TSelf, T}.SumPieces"/>, one piece at
    /// a time through memory.</summary>
    public static void SumPieces<V, T>(double* sums, T* x, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        new Span<double>(sums, 8).Clear();
        int step = Wide<T>();
        for (int i = 0; i < count; i += 4 * step)
        {
            for (int lane = 0; lane < step / 2; lane += V.Count)
            {
                T* from = x + i + lane, upper = from + (step / 2);
                V low = (V.Load(from) + V.Load(from + step)) + (V.Load(from + (2 * step)) + V.Load(from + (3 * step)));
                V high = (V.Load(upper) + V.Load(upper + step)) + (V.Load(upper + (2 * step)) + V.Load(upper + (3 * step)));
                AddHalves<V, T>(sums + lane, low, high);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumRest<V, T>(T* x, int count, double* sums)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        int step = Wide<T>();
        if (V.Count == step)
        {
            V.AddTo(sums, SumLanes<V, T>(x, count));
            return;
        }

        int half = step / 2;
        for (int lane = 0; lane < half; lane += V.Count)
            AddHalves<V, T>(sums + lane, SumLanes<V, T>(x + lane, count - lane), SumLanes<V, T>(x + lane + half, count - lane - half));
    }

    /// <summary>The sum over vectors with a stride of <see cref="Wide"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SumLanes<V, T>(T* x, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        V sum = V.Constant(0);
        int i = 0;
        for (; i <= count - V.Count; i += Wide<T>())
            sum += V.Load(x + i);
        if (i < count)
            sum += V.Load(x + i) & V.FirstLanes(count - i);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddHalves<V, T>(double* sums, V low, V high)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            V.AddTo(sums, low + high);
        }
        else
        {
            V.AddTo(sums, low);
            V.AddTo(sums + 4, high);
        }
    }

    /// <summary>The sum of eight: l + l+4, that + l+2, that + l+1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Fold(double* sums)
    {
        double a = sums[0] + sums[4], b = sums[1] + sums[5], c = sums[2] + sums[6], d = sums[3] + sums[7];
        return (a + c) + (b + d);
    }

    /// <summary>Converts numbers to doubles.</summary>
    public static void Widen<T>(T* x, int count, double* y)
        where T : unmanaged, INumber<T>
    {
        int i = 0;
        for (; typeof(T) == typeof(float) && i <= count - 4; i += 4)
        {
            (Vector128<double> low, Vector128<double> high) = Vector128.Widen(Vector128.Load((float*)x + i));
            low.Store(y + i);
            high.Store(y + i + 2);
        }

        for (; i < count; i++)
            y[i] = double.CreateTruncating(x[i]);
    }

    /// <summary>
    /// The sum of a row of at most <see cref="Short"/> elements in every lane: lane l of <see cref="Half"/> takes elements l, l + Half, …,
    /// and the upper half of the lanes is added to the lower until one is left.
    /// </summary>
    /// <param name="x">The row; a vector beyond may be read.</param>
    /// <param name="count">Its length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SumShort<V, T>(T* x, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, INumber<T>
    {
        int half = Half<T>();
        if (V.Count > half)
            return V.Create(SumShort<Lanes256<T>, T>(x, count).First);
        if (V.Count == half)
            return V.SumAcross(Strided<V, T>(x, count));
        if (V.Count * 2 == half)
            return V.SumAcross(Strided<V, T>(x, count) + Strided<V, T>(x + V.Count, count - V.Count));

        return V.Create(SumShortLanes<V, T>(x, count));
    }

    private static T SumShortLanes<V, T>(T* x, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, INumber<T>
    {
        int half = Half<T>();
        T* lanes = stackalloc T[half];
        for (int lane = 0; lane < half; lane += V.Count)
            Strided<V, T>(x + lane, count - lane).Store(lanes + lane);
        for (half /= 2; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
                lanes[lane] += lanes[lane + half];
        }

        return *lanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Strided<V, T>(T* x, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        V sum = V.Constant(0);
        int i = 0;
        for (; i <= count - V.Count; i += Half<T>())
            sum += V.Load(x + i);
        if (i < count)
            sum += V.Load(x + i) & V.FirstLanes(count - i);
        return sum;
    }
}
