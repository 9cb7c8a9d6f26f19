using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>Many numbers of <see cref="Rng"/> at once, with the same bits as single draws.</summary>
internal static unsafe class RngLanes
{
    /// <summary>2^−53.</summary>
    public const double Unit = 1.0 / (1UL << 53);

    /// <summary>The numbers of the blocks from <paramref name="counter"/> on.</summary>
    /// <param name="key0">The key's first half.</param>
    /// <param name="key1">The key's second half.</param>
    /// <param name="counter">The first block.</param>
    /// <param name="to">The destination.</param>
    /// <param name="count">The number of values: a multiple of <see cref="ThreefryLanes.Count"/>.</param>
    public static void Fill(ulong key0, ulong key1, ulong counter, ulong* to, int count)
    {
        switch (LaneWidth.Bits)
        {
            case 512: Fill<Lanes512<double>>(key0, key1, counter, to, count); break;
            case 256: Fill<Lanes256<double>>(key0, key1, counter, to, count); break;
            case 128: Fill<Lanes128<double>>(key0, key1, counter, to, count); break;
            default: Fill<OneLane<double>>(key0, key1, counter, to, count); break;
        }
    }

    private static void Fill<V>(ulong key0, ulong key1, ulong counter, ulong* to, int count)
        where V : struct, ILanes<V, double>
    {
        for (int i = 0; i < count; i += ThreefryLanes.Count)
            ThreefryLanes.Blocks<V>(key0, key1, counter + ((ulong)i / 2), to + i);
    }

    /// <summary>Pairs of uniform numbers to pairs of normal ones, in place.</summary>
    /// <param name="pairs">The numbers.</param>
    /// <param name="count">The number of values: a multiple of 16.</param>
    public static void BoxMuller(double* pairs, int count)
    {
        switch (LaneWidth.Bits)
        {
            case 512: BoxMuller<Lanes512<double>>(pairs, count); break;
            case 256: BoxMuller<Lanes256<double>>(pairs, count); break;
            case 128: BoxMuller<Lanes128<double>>(pairs, count); break;
            default: BoxMuller<OneLane<double>>(pairs, count); break;
        }
    }

    private static void BoxMuller<V>(double* pairs, int count)
        where V : struct, ILanes<V, double>
    {
        const int Pairs = 8;
        double* first = stackalloc double[2 * Pairs], second = first + Pairs;
        for (double* end = pairs + count; pairs < end; pairs += 2 * Pairs)
        {
            for (int i = 0; i < Pairs; i++)
                (first[i], second[i]) = (pairs[2 * i], pairs[(2 * i) + 1]);
            for (int i = 0; i < Pairs; i += V.Count)
            {
                V radius = V.Sqrt(V.Constant(-2) * LogLanes.Full<V, double>(V.Constant(1) - V.Load(first + i)));
                (V sine, V cosine) = QuarterTurns.Both(V.Constant(2 * Math.PI) * V.Load(second + i));
                (radius * cosine).Store(first + i);
                (radius * sine).Store(second + i);
            }

            for (int i = 0; i < Pairs; i++)
                (pairs[2 * i], pairs[(2 * i) + 1]) = (first[i], second[i]);
        }
    }

    /// <summary>The upper 53 bits as integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Whole<V>(V bits)
        where V : struct, ILanes<V, double>
    {
        // Integers placed in the mantissas of 2^84 and 2^52; both parts are exact and so is their sum.
        V high = (V.ShiftRight(bits, 32) | V.FromBits(0x4530000000000000)) - V.Constant(19342813113834066795298816.0);
        V low = ((V.ShiftRight(bits, 11) & V.FromBits(0x1FFFFF)) | V.FromBits(0x4330000000000000)) - V.Constant(4503599627370496.0);
        return (high * V.Constant(1.0 / 2048)) + low;
    }
}

/// <summary>Random bits to numbers from 0 to below 1.</summary>
internal readonly struct UniformMap : ILaneFunction<double>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x)
        where V : struct, ILanes<V, double> => RngLanes.Whole(x) * V.Constant(RngLanes.Unit);
}

/// <summary>Random bits to −ln(−ln u).</summary>
internal readonly struct GumbelMap : ILaneFunction<double>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x)
        where V : struct, ILanes<V, double>
    {
        V u = V.Min((RngLanes.Whole(x) + V.Constant(0.5)) * V.Constant(RngLanes.Unit), V.Constant(1 - RngLanes.Unit)),
            sign = V.Constant(-0.0);
        return LogLanes.Full<V, double>(LogLanes.Full<V, double>(u) ^ sign) ^ sign;
    }
}
